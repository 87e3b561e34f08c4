package io.github.proxmoxdiscovery.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;

class ComponentsTest {

    @Test
    void areThoseOfTheCatalogOfThisVersionOfCamel() {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        Set<String> listed = new TreeSet<>();
        for (String name : catalog.findComponentNames()) {
            ComponentModel component = catalog.componentModel(name);
            List<String> schemes = new ArrayList<>(List.of(component.getScheme()));
            if (component.getAlternativeSchemes() != null) {
                schemes.addAll(List.of(component.getAlternativeSchemes().split(",")));
            }
            schemes.forEach(scheme -> listed.add(component.getArtifactId() + " " + scheme));
        }
        Set<String> ours = new TreeSet<>();
        Components.artifacts()
                .forEach(artifact -> Components.schemes(artifact).forEach(scheme -> ours.add(artifact + " " + scheme)));
        assertThat(ours).isEqualTo(listed);
    }

    @Test
    void tellWhichArtifactAnEndpointLacks() {
        assertThat(Components.missingFor("paho-mqtt5:proxmox/hosts?brokerUrl=tcp://mqtt.example.com:1883"))
                .contains("camel-paho-mqtt5");
        assertThat(Components.missingFor("smtps://mail.example.com")).contains("camel-mail");
        assertThat(Components.missingFor("spring-rabbitmq:hosts")).contains("camel-spring-rabbitmq");
    }

    @Test
    void sayNothingOfWhatIsThereOrIsNoneOfCamels() {
        assertThat(List.of("kafka:hosts", "https://example.com", "log:seen?level=WARN", "ours:x", "{{sink.x.uri}}", ""))
                .allMatch(uri -> Components.missingFor(uri).isEmpty());
    }

    @Test
    void areFoundInARouteFileWhereverAnEndpointStands() {
        String yaml = """
                # - to: "sftp:in-a-comment"
                - route:
                    id: x  # the uri: ssh is not meant
                    from:
                      uri: direct:sink-x
                      steps:
                        - to: "nats:hosts?servers=x"
                        - to: {uri: 'mllp:x'}
                        - toD: "slack:${header.x}"
                        - to:
                            uri: paho
                            parameters: {topic: x}
                        - log: "telegram:y"
                        - setBody: {simple: "as in ssh:x"}
                        - to: "{{sink.x.uri}}"
                """;
        assertThat(Components.missingIn(yaml)).containsExactly("camel-mllp", "camel-nats", "camel-paho", "camel-slack");
    }
}
