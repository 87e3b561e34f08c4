package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.settings.SyslogSettings;
import io.github.proxmoxdiscovery.sink.SyslogLine;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** What the sink syslog sends: a datagram for each host, or all of a batch as one piece with octet counting (RFC 6587). */
public final class SyslogLines {

    private final SyslogSettings settings;
    private @Nullable SyslogLine line;

    SyslogLines(SyslogSettings settings) {
        this.settings = settings;
    }

    /** The pieces, in the order in which they are to be sent. */
    public List<byte[]> of(@Body List<Message> batch) {
        List<byte[]> lines = batch.stream().map(this::line).toList();
        return settings.udp() ? lines : List.of(framed(lines));
    }

    private byte[] line(Message message) {
        String json = message.getBody(String.class);
        return format().of(
                        message.getHeader("event_type", String.class),
                        message.getHeader("ce_id", String.class),
                        message.getHeader("ce_time", String.class),
                        CloudEvents.data(json),
                        json);
    }

    private static byte[] framed(List<byte[]> lines) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            frames.writeBytes((line.length + " ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(line);
        }
        return frames.toByteArray();
    }

    /** Made when it is first needed: to ask the system for its name may take its time. */
    private synchronized SyslogLine format() {
        if (line == null) {
            line = new SyslogLine(settings.facility(), hostname());
        }
        return line;
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine that cannot look itself up sends without a name, as RFC 5424 allows.
            return "";
        }
    }
}
