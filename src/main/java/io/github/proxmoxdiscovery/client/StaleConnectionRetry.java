package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.net.SocketException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.util.TimeValue;

/**
 * Asks again, on another connection, when a connection that had served before was closed instead of answering (a
 * pveproxy that is restarted or reloaded ends those it has), or when the server did not know the key exchange that it
 * was offered. The client's own retry would leave the credentials behind.
 */
final class StaleConnectionRetry implements ExecChainHandler {

    private final ConnPoolControl<?> connections;

    /** @param connections of which those that wait are closed as well: their server is the same one */
    StaleConnectionRetry(ConnPoolControl<?> connections) {
        this.connections = connections;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        while (true) {
            // Or else a connection that does not come about would be taken for the one before it.
            scope.clientContext.setEndpointDetails(null);
            try {
                return chain.proceed(request, scope);
            } catch (KeyExchangeRefusedException e) {
                // Once for each server: the next handshake is another one.
                scope.execRuntime.discardEndpoint();
            } catch (NoHttpResponseException | SocketException e) {
                // Ends in time: a connection that is new has not served before.
                if (!hadServed(scope) || scope.execRuntime.isExecutionAborted()) {
                    throw e;
                }
                scope.execRuntime.discardEndpoint();
                connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
            }
        }
    }

    private static boolean hadServed(ExecChain.Scope scope) {
        EndpointDetails connection = scope.clientContext.getEndpointDetails();
        return connection != null && connection.getRequestCount() > 1;
    }
}
