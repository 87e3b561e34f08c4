package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.proxmoxdiscovery.export.PageFiles;
import io.github.proxmoxdiscovery.export.PageFiles.PageFile;
import java.io.IOException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Answers with the files of the page to look at. */
public final class Page {

    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;

    /** What guests are called is only text there; and should that ever fail, no script of theirs runs. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final PageFiles files = new PageFiles();

    /** The page itself. */
    public void index(Exchange exchange) throws IOException {
        answer(exchange.getMessage(), "index.html");
    }

    /** What belongs to it; the header {@code file} names it. */
    public void file(Exchange exchange) throws IOException {
        answer(exchange.getMessage(), exchange.getMessage().getHeader("file", "", String.class));
    }

    private void answer(Message message, String name) throws IOException {
        Optional<PageFile> file = files.find(name);
        String known = message.getHeader("If-None-Match", String.class);
        // What came with the request would else go back with the answer, the password included.
        message.removeHeaders("*");
        if (file.isEmpty()) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, NOT_FOUND);
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setBody(JsonNodeFactory.instance
                    .objectNode()
                    .put("error", "the page has no such file")
                    .toString());
        } else {
            answer(message, file.get(), known);
        }
    }

    private static void answer(Message message, PageFile file, @Nullable String known) {
        message.setHeader("ETag", file.etag());
        message.setHeader("Content-Security-Policy", POLICY);
        message.setHeader("Referrer-Policy", "no-referrer");
        if (known != null && known.contains(file.etag())) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, NOT_MODIFIED);
            message.setBody(new byte[0]);
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, file.type());
            message.setBody(file.content());
        }
    }
}
