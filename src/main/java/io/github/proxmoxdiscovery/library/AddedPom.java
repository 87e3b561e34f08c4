package io.github.proxmoxdiscovery.library;

import java.util.Collection;
import java.util.stream.Collectors;

/** The Maven project whose libraries are what is to be added: without all that the program has itself. */
final class AddedPom {

    private static final String PROJECT = """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>io.github.proxmoxdiscovery</groupId>
          <artifactId>added</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <dependencyManagement>
            <dependencies>
              <dependency>
                <groupId>org.apache.camel</groupId>
                <artifactId>camel-bom</artifactId>
                <version>%s</version>
                <type>pom</type>
                <scope>import</scope>
              </dependency>
            </dependencies>
          </dependencyManagement>
          <dependencies>
        %s  </dependencies>
        </project>
        """;

    private AddedPom() {}

    static String of(Collection<Coordinates> libraries, OwnLibraries own) {
        String exclusions =
                own.versions().keySet().stream().map(AddedPom::exclusion).collect(Collectors.joining());
        return PROJECT.formatted(
                own.camel(),
                libraries.stream()
                        .map(library -> dependency(library, exclusions))
                        .collect(Collectors.joining()));
    }

    private static String dependency(Coordinates library, String exclusions) {
        return "    <dependency>\n      <groupId>" + library.group() + "</groupId>\n      <artifactId>"
                + library.artifact() + "</artifactId>\n"
                + library.version()
                        .map(version -> "      <version>" + version + "</version>\n")
                        .orElse("")
                + "      <exclusions>\n" + exclusions + "      </exclusions>\n    </dependency>\n";
    }

    private static String exclusion(String key) {
        String[] names = key.split(":");
        return "        <exclusion><groupId>" + names[0] + "</groupId><artifactId>" + names[1]
                + "</artifactId></exclusion>\n";
    }
}
