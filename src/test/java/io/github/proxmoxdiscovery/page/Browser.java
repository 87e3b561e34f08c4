package io.github.proxmoxdiscovery.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Chromium, led as a user leads it: by <a href="https://www.w3.org/TR/webdriver2/">WebDriver</a>. */
final class Browser implements AutoCloseable {

    static final String ENTER = "\uE007";
    static final String ESCAPE = "\uE00C";
    static final String TAB = "\uE004";
    static final String LEFT = "\uE012";
    static final String UP = "\uE013";
    static final String RIGHT = "\uE014";
    static final String DOWN = "\uE015";
    static final String END = "\uE010";
    static final String BACKSPACE = "\uE003";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final List<String> ARGUMENTS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--force-color-profile=srgb",
            "--hide-scrollbars");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process driver;
    private final BufferedReader driverSays;
    private final String session;

    /** @param folder for the profile */
    private Browser(Path chromium, Path chromedriver, Path folder) throws IOException, InterruptedException {
        driver = new ProcessBuilder(chromedriver.toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        driverSays = driver.inputReader(StandardCharsets.UTF_8);
        String base = "http://127.0.0.1:" + port();
        try {
            session = base + "/session/"
                    + send("POST", base + "/session", capabilities(chromium, folder))
                            .path("sessionId")
                            .asText();
        } catch (IOException | InterruptedException | RuntimeException e) {
            driver.destroy();
            throw e;
        }
    }

    /** Starts one with a profile of its own. */
    static Browser start(Path chromium, Path chromedriver) throws IOException, InterruptedException {
        return new Browser(chromium, chromedriver, Files.createTempDirectory("chromium"));
    }

    private String port() throws IOException {
        for (String line = driverSays.readLine(); line != null; line = driverSays.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return started.group(1);
            }
        }
        throw new IOException("chromedriver did not start");
    }

    private static ObjectNode capabilities(Path chromium, Path folder) {
        ObjectNode capabilities = JSON.createObjectNode();
        ObjectNode wanted = capabilities.putObject("capabilities").putObject("alwaysMatch");
        wanted.put("browserName", "chrome").put("unhandledPromptBehavior", "ignore");
        wanted.putObject("timeouts").put("script", PATIENCE.toMillis());
        ObjectNode options = wanted.putObject("goog:chromeOptions").put("binary", chromium.toString());
        ArrayNode arguments = options.putArray("args");
        ARGUMENTS.forEach(arguments::add);
        arguments.add("--user-data-dir=" + folder);
        wanted.putObject("goog:loggingPrefs").put("browser", "ALL").put("performance", "ALL");
        return capabilities;
    }

    void open(String url) throws IOException, InterruptedException {
        send("POST", session + "/url", JSON.createObjectNode().put("url", url));
    }

    /** The value of a piece of script; it must say {@code return}. */
    JsonNode script(String script, Object... arguments) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("script", script);
        body.set("args", JSON.valueToTree(arguments));
        return send("POST", session + "/execute/sync", body);
    }

    /** The same for a piece of script that calls its last argument when it is done. */
    JsonNode later(String script, Object... arguments) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("script", script);
        body.set("args", JSON.valueToTree(arguments));
        return send("POST", session + "/execute/async", body);
    }

    /** Waits until an expression gives something true, and gives it. */
    JsonNode await(String condition, Object... arguments) throws IOException, InterruptedException {
        try {
            return later(
                    "const done = arguments[arguments.length - 1]; const look = () => { const it = (" + condition
                            + "); it ? done(it) : setTimeout(look, 20); }; look();",
                    arguments);
        } catch (IOException e) {
            throw new IOException("not so: " + condition, e);
        }
    }

    /** Presses keys, one after the other, wherever the focus is. */
    void press(String keys) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode keyboard =
                body.putArray("actions").addObject().put("type", "key").put("id", "keyboard");
        ArrayNode actions = keyboard.putArray("actions");
        keys.codePoints().mapToObj(Character::toString).forEach(key -> {
            actions.addObject().put("type", "keyDown").put("value", key);
            actions.addObject().put("type", "keyUp").put("value", key);
        });
        send("POST", session + "/actions", body);
    }

    /** Sends a command of the <a href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a>. */
    JsonNode devTools(String command, String parameters) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("cmd", command);
        body.set("params", JSON.readTree(parameters));
        return send("POST", session + "/goog/cdp/execute", body);
    }

    void size(int width, int height, boolean phone) throws IOException, InterruptedException {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%s}".formatted(width, height, phone));
    }

    /** @param scheme {@code light} or {@code dark} */
    void colours(String scheme) throws IOException, InterruptedException {
        devTools(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}".formatted(scheme));
    }

    /** What was logged since it was asked last: {@code browser}, as in the console, or {@code performance}. */
    JsonNode log(String kind) throws IOException, InterruptedException {
        return send("POST", session + "/se/log", JSON.createObjectNode().put("type", kind));
    }

    /** Whether the page has a dialog open that it did not make itself, such as by alert. */
    boolean hasAlert() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(session + "/alert/text")).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    void screenshot(Path file) throws IOException, InterruptedException {
        String image = send("GET", session + "/screenshot", null).asText();
        Files.write(file, Base64.getDecoder().decode(image));
    }

    private JsonNode send(String method, String url, ObjectNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE.plus(PATIENCE))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode value = JSON.readTree(response.body()).path("value");
        if (response.statusCode() != 200) {
            throw new IOException(
                    value.path("error").asText() + ": " + value.path("message").asText());
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        try {
            send("DELETE", session, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            driver.destroy();
            driverSays.close();
        }
    }
}
