package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Signs each request, and asks once more after a 401 when the credentials were renewed meanwhile. */
final class SigningInterceptor implements ExecChainHandler {

    private final Credentials credentials;

    SigningInterceptor(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        credentials.sign(request);
        ClassicHttpResponse answer = chain.proceed(request, scope);
        if (answer.getCode() != HttpStatus.SC_UNAUTHORIZED || !credentials.renewAfterRefusal(request)) {
            return answer;
        }
        EntityUtils.consume(answer.getEntity());
        answer.close();
        credentials.sign(request);
        return chain.proceed(request, scope);
    }
}
