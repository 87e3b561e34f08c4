package io.github.proxmoxdiscovery.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class LiveDirectTest {

    private static final int THREADS = 8;
    private static final int VERSIONS = 200;

    @Test
    void noMessageMeetsARouteThatWasReplacedBeforeItCame() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CamelContext context = new DefaultCamelContext();
        try {
            context.getRegistry().bind("direct", new LiveDirect());
            context.start();
            context.addRoutes(route("caller", "direct:caller", "to", "direct:called"));
            ProducerTemplate template = context.createProducerTemplate();
            for (int version = 0; version < VERSIONS; version++) {
                if (version > 0) {
                    context.getRouteController().stopRoute("called");
                    context.removeRoute("called");
                }
                context.addRoutes(route("called", "direct:called", "says", String.valueOf(version)));
                assertThat(answers(template, threads)).containsOnly(String.valueOf(version));
            }
        } finally {
            threads.shutdownNow();
            context.stop();
        }
    }

    private static List<String> answers(ProducerTemplate template, ExecutorService threads) throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Future<String>> asked = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            asked.add(threads.submit(() -> {
                together.await();
                return template.requestBody("direct:caller", "", String.class);
            }));
        }
        List<String> answers = new ArrayList<>();
        for (Future<String> answer : asked) {
            answers.add(answer.get());
        }
        return answers;
    }

    private static RouteBuilder route(String id, String from, String step, String what) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                if (step.equals("to")) {
                    from(from).routeId(id).to(what);
                } else {
                    from(from).routeId(id).setBody(constant(what));
                }
            }
        };
    }
}
