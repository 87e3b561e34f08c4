package io.github.proxmoxdiscovery.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of guests that follow one another.
 *
 * @param first the lowest
 * @param last the highest, not below the first
 */
public record VmidRange(long first, long last) {

    /** Proxmox gives numbers from 100 to 999999999. */
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:\\s*-\\s*(\\d{1,9}))?");

    public VmidRange {
        if (first > last) {
            throw new IllegalArgumentException("the range " + first + "-" + last + " is upside down");
        }
    }

    static List<VmidRange> parse(String text) throws WrongValueException {
        List<VmidRange> ranges = new ArrayList<>();
        for (String part : Parser.split(text)) {
            Matcher matcher = FORM.matcher(part);
            if (!matcher.matches()) {
                throw new WrongValueException("is not a comma list of numbers and ranges");
            }
            long first = Long.parseLong(matcher.group(1));
            long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
            if (first > last) {
                throw new WrongValueException("has a range that ends before it begins, " + part);
            }
            ranges.add(new VmidRange(first, last));
        }
        return List.copyOf(ranges);
    }

    boolean contains(long vmid) {
        return first <= vmid && vmid <= last;
    }
}
