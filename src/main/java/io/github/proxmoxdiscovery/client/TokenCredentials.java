package io.github.proxmoxdiscovery.client;

import io.github.proxmoxdiscovery.settings.Login;
import java.util.function.Consumer;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;

/** An API token; its secret is read again whenever its file changed. */
final class TokenCredentials implements Credentials {

    private final Login.Token token;
    private final Consumer<String> secretSeen;
    private volatile String lastSecret = "";

    TokenCredentials(Login.Token token, Consumer<String> secretSeen) {
        this.token = token;
        this.secretSeen = secretSeen;
    }

    @Override
    public void sign(HttpRequest request) {
        String secret = token.secret().read();
        if (!secret.equals(lastSecret)) {
            secretSeen.accept(secret);
            lastSecret = secret;
        }
        request.setHeader(HttpHeaders.AUTHORIZATION, value(secret));
    }

    private String value(String secret) {
        return "PVEAPIToken=" + token.tokenId() + "=" + secret;
    }

    @Override
    public boolean renewAfterRefusal(HttpRequest refused) {
        return !value(token.secret().read())
                .equals(refused.getFirstHeader(HttpHeaders.AUTHORIZATION).getValue());
    }
}
