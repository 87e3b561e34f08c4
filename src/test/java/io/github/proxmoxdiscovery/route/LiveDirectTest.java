package io.github.proxmoxdiscovery.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveDirectTest {

    private static final long PATIENCE_SECONDS = 60;

    private final CamelContext context = new DefaultCamelContext();
    private final SlowDirect direct = new SlowDirect();

    /** One message can be held while it looks for who listens. */
    private static final class SlowDirect extends LiveDirect {

        private final AtomicBoolean holdsNext = new AtomicBoolean();
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        protected @Nullable DirectConsumer getConsumer(String key, boolean block, long timeout)
                throws InterruptedException {
            if (key.endsWith("called") && holdsNext.compareAndSet(true, false)) {
                held.countDown();
                assertThat(released.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
            return super.getConsumer(key, block, timeout);
        }
    }

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("direct", direct);
        context.start();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caller").to("direct:called");
            }
        });
        context.addRoutes(called("old"));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static RouteBuilder called(String answer) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:called").routeId("called").setBody(constant(answer));
            }
        };
    }

    private String answer() {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.requestBody("direct:caller", "", String.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void noMessageMeetsARouteThatWasReplacedBeforeItCameThoughAnotherStillLooksForTheNewOne() throws Exception {
        assertThat(answer()).isEqualTo("old");
        context.getRouteController().stopRoute("called");
        context.removeRoute("called");
        context.addRoutes(called("new"));
        direct.holdsNext.set(true);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(this::answer);
        assertThat(direct.held.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(answer()).isEqualTo("new");
        direct.released.countDown();
        assertThat(first.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("new");
    }
}
