package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.export.PageFiles;
import io.github.proxmoxdiscovery.export.PageFiles.PageFile;
import java.io.IOException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Answers with the files of the page to look at. */
public final class Page {

    /** What guests are called is only text there; and should that ever fail, no script of theirs runs. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final PageFiles files = new PageFiles();

    /** The page itself. */
    public void index(Exchange exchange) throws IOException {
        answer(exchange, "index.html");
    }

    /** What belongs to it; the path ends with its name. */
    public void file(Exchange exchange) throws IOException {
        answer(exchange, String.valueOf(Answer.to(exchange).header("file")));
    }

    private void answer(Exchange exchange, String name) throws IOException {
        Answer answer = Answer.to(exchange);
        Optional<PageFile> file = files.find(name);
        if (file.isEmpty()) {
            answer.notFound("the page has no such file");
        } else if (!answer.isKnown(file.get().etag())) {
            Message message = exchange.getMessage();
            message.setHeader("Content-Security-Policy", POLICY);
            message.setHeader("Referrer-Policy", "no-referrer");
            message.setHeader(Exchange.CONTENT_TYPE, file.get().type());
            message.setBody(file.get().content());
        }
    }
}
