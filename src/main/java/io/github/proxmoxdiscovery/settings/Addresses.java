package io.github.proxmoxdiscovery.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How addresses of others may be written. */
final class Addresses {

    /** Where every Proxmox VE node serves its API. */
    private static final int PVE_PORT = 8006;

    private static final Pattern BROKER = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))");
    private static final Pattern LISTENING = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.+");

    private static final Pattern OF_NODE = Pattern.compile("([A-Za-z0-9-]+)\\s*=\\s*(.+)");

    private Addresses() {}

    /** A comma list of {@code https://host[:port]}, each as {@code https://host:port}. */
    static List<String> pveUrls(String text) throws WrongValueException {
        List<String> urls = new ArrayList<>();
        for (String part : Parser.split(text)) {
            urls.add(pveUrl(part));
        }
        if (urls.isEmpty()) {
            throw new WrongValueException("names no address");
        }
        return urls.stream().distinct().toList();
    }

    /** A comma list of {@code node=https://host[:port]}. */
    static Map<String, String> ofNodes(String text) throws WrongValueException {
        Map<String, String> urls = new LinkedHashMap<>();
        for (String part : Parser.split(text)) {
            Matcher matcher = OF_NODE.matcher(part);
            if (!matcher.matches()) {
                throw new WrongValueException("is not a comma list of node=https://host:port");
            }
            urls.put(matcher.group(1), pveUrl(matcher.group(2)));
        }
        return urls;
    }

    private static String pveUrl(String text) throws WrongValueException {
        URI url = url(text);
        if ("http".equalsIgnoreCase(url.getScheme())) {
            throw new WrongValueException("begins with http://: the secret would go over the network in clear, and"
                    + " Proxmox VE speaks only https://");
        }
        if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
            throw new WrongValueException("is not an address of the form https://host:port");
        }
        refuseUserInfo(url, "the login has keys of its own");
        boolean more = url.getRawQuery() != null || url.getRawFragment() != null;
        if (more || !List.of("", "/").contains(url.getRawPath())) {
            throw new WrongValueException("has something behind host and port, where nothing may be");
        }
        return "https://" + url.getHost() + ":" + (url.getPort() < 0 ? PVE_PORT : port(url));
    }

    /** An address to post to. */
    static URI webhook(String text) throws WrongValueException {
        URI url = url(text);
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null) {
            throw new WrongValueException("is not an address of the form https://host/path");
        }
        refuseUserInfo(url, "set sink.http.token instead");
        if (url.getPort() >= 0) {
            port(url);
        }
        return url;
    }

    /** Whether what is sent to this address stays on this machine, as far as its text tells. */
    static boolean isLoopback(URI url) {
        String host = String.valueOf(url.getHost());
        return "localhost".equalsIgnoreCase(host) || host.matches("127(\\.\\d+){3}") || "[::1]".equals(host);
    }

    /** An address of this machine, or a name of one, to listen on; an IPv6 one without its brackets. */
    static String listening(String text) throws WrongValueException {
        String host = text.replaceFirst("^\\[(.*)]$", "$1");
        if (!LISTENING.matcher(host).matches()) {
            throw new WrongValueException("is not an address to listen on: one of this machine, without a port");
        }
        return host;
    }

    /** Whether only this machine can reach what listens there. */
    static boolean isLoopback(String host) {
        return "localhost".equalsIgnoreCase(host) || host.matches("127(\\.\\d{1,3}){3}") || "::1".equals(host);
    }

    /** A comma list of {@code host:port}. */
    static List<String> brokers(String text) throws WrongValueException {
        List<String> brokers = Parser.split(text);
        for (String broker : brokers) {
            if (!BROKER.matcher(broker).matches()) {
                throw new WrongValueException("is not a comma list of host:port");
            }
        }
        if (brokers.isEmpty()) {
            throw new WrongValueException("names no broker");
        }
        return brokers;
    }

    /** Any Camel endpoint: Camel will say what is wrong with it, but for its beginning. */
    static String endpoint(String text) throws WrongValueException {
        if (!ENDPOINT.matcher(text).matches()) {
            throw new WrongValueException(
                    "is not an endpoint URI: it begins with the name of a Camel component and a" + " colon");
        }
        return text;
    }

    private static URI url(String text) throws WrongValueException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new WrongValueException("is not an address");
        }
    }

    private static void refuseUserInfo(URI url, String instead) throws WrongValueException {
        if (url.getRawUserInfo() != null) {
            throw new WrongValueException("has a user in it: " + instead);
        }
    }

    private static int port(URI url) throws WrongValueException {
        if (url.getPort() < 1 || url.getPort() > 65_535) {
            throw new WrongValueException("has a port that is not from 1 to 65535");
        }
        return url.getPort();
    }
}
