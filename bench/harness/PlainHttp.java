package harness;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/** A bare Apache HttpClient: a pinned certificate, connections and TLS sessions that are used again, nothing else. */
final class PlainHttp implements AutoCloseable {

    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;
    private final String api;
    private final String authorization;

    /** What is made of the body of an answer. */
    interface Reader<T> {
        T read(InputStream body) throws IOException;
    }

    PlainHttp(String url, String fingerprint, String authorization, int most) {
        this.api = url + "/api2/json";
        this.authorization = authorization;
        this.connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(new TlsOfThread(new Pinned(fingerprint)))
                .setMaxConnPerRoute(most)
                .setMaxConnTotal(most)
                .build();
        this.client = HttpClients.custom()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableRedirectHandling()
                .disableContentCompression()
                .setConnectionManager(connections)
                .build();
    }

    /** Null where the answer is an error. */
    <T> T get(String path, Reader<T> reader) throws IOException {
        HttpGet request = new HttpGet(api + path);
        request.setHeader("Authorization", authorization);
        return client.execute(request, answer -> read(answer, reader));
    }

    private static <T> T read(ClassicHttpResponse answer, Reader<T> reader) throws IOException {
        if (answer.getCode() == 200) {
            return reader.read(answer.getEntity().getContent());
        }
        EntityUtils.consume(answer.getEntity());
        return null;
    }

    /** The server has closed them by now, or will. */
    void forgetIdle() {
        connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** A session cache for each thread: Java keeps one ticket for a server in each, and uses it once. */
    private static final class TlsOfThread implements TlsSocketStrategy {

        private final ThreadLocal<TlsSocketStrategy> ofThread;

        TlsOfThread(TrustManager trust) {
            ofThread = ThreadLocal.withInitial(
                    () -> new DefaultClientTlsStrategy(context(trust), NoopHostnameVerifier.INSTANCE));
        }

        private static SSLContext context(TrustManager trust) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {trust}, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
                throws IOException {
            return ofThread.get().upgrade(socket, target, port, attachment, context);
        }
    }

    private record Pinned(String fingerprint) implements X509TrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
                if (!HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest).equals(fingerprint)) {
                    throw new CertificateException("another certificate");
                }
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("for servers only");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
