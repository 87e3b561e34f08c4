package io.github.proxmoxdiscovery.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.Tool;
import io.github.proxmoxdiscovery.sim.AgentState;
import io.github.proxmoxdiscovery.sim.DemoCluster;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import io.github.proxmoxdiscovery.source.Service;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page to look at, in a real browser, served by the program that reads the cluster of the demo. */
class PageTest {

    private static final String NAMES =
            "return [...document.querySelectorAll('.rows .guest-name')].map((it) => it.textContent)";

    private static final List<String> EVERYWHERE = List.of(
            "",
            "#q=fw-1&host=demo/qemu/110/net2",
            "#tab=clusters",
            "#tab=changes",
            "#tab=runs",
            "#tab=sinks",
            "#tab=routes");

    private static final List<String> HOSTILE = List.of(
            "<script>document.title='owned'</script>",
            "<img src=x onerror=alert(1)>",
            "\u202Egnp.exe\u0000\u0085\u2028",
            "${env:HOME}{{proxmox.demo.url}}",
            "fox \uD83E\uDD8A \uD800 javascript:alert(1)",
            "\"><svg onload=alert(1)>",
            "x".repeat(64 * 1024));

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static SimulatedCluster cluster;
    private static SimulatedCluster odd;
    private static Service service;

    @BeforeAll
    static void readTheDemoAndOpenABrowser() throws Exception {
        browser = Browser.start(Tool.find("chromium"), Tool.find("chromedriver"));
        cluster = DemoCluster.create().start();
        odd = withHostileNames().start();
        service = Service.start(Discovery.in(folder)
                .read("demo", cluster, DemoCluster.TOKEN_ID, DemoCluster.TOKEN_SECRET)
                .read("odd", odd)
                .with("server.enabled", "true")
                .with("server.port", "0"));
        service.pollNow();
        service.awaitRuns("demo", 1);
        service.awaitRuns("odd", 1);
    }

    private static SimulatedCluster.Builder withHostileNames() {
        SimulatedCluster.Builder plan = Discovery.cluster();
        for (int i = 0; i < HOSTILE.size(); i++) {
            String name = HOSTILE.get(i);
            plan.guest(SimulatedGuest.qemu(900 + i, name)
                    .running()
                    .tags(name)
                    .pool(name)
                    .config("net0", "virtio=BC:24:11:EE:00:0" + i + ",bridge=vmbr0")
                    .agent(AgentState.ok())
                    .inside(name, "bc:24:11:ee:00:0" + i, "10.66.0." + (i + 1) + "/24"));
        }
        return plan;
    }

    @AfterAll
    static void closeBoth() throws Exception {
        for (AutoCloseable opened : new AutoCloseable[] {browser, service, cluster, odd}) {
            if (opened != null) {
                opened.close();
            }
        }
    }

    @BeforeEach
    void openThePage() throws Exception {
        browser.size(1280, 900, false);
        open("");
    }

    /** Nothing that was done may have been against the rules of the page. */
    @AfterEach
    void nothingWasRefusedByTheBrowser() throws Exception {
        assertThat(browser.hasAlert()).isFalse();
        assertThat(browser.log("browser")).isEmpty();
    }

    private static void open(String hash) throws Exception {
        browser.open("about:blank");
        browser.open("http://127.0.0.1:" + service.port() + "/" + hash);
        browser.await("!document.getElementById('panel').hasAttribute('aria-busy')");
    }

    /** Goes elsewhere on the page, as by a link. */
    private static void go(String hash) throws Exception {
        browser.script("window.location.hash = arguments[0]; return 1", hash);
    }

    private static void search(String query) throws Exception {
        browser.script("const field = document.getElementById('q'); field.focus(); field.select(); return 1");
        browser.press(Browser.BACKSPACE + query);
        browser.await("document.getElementById('q').value === arguments[0]", query);
    }

    private static List<String> names() throws Exception {
        return texts(browser.script(NAMES));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String text(String selector) throws Exception {
        return browser.script("return document.querySelector(arguments[0]).textContent", selector)
                .asText();
    }

    @Test
    void itShowsWhatTheProgramKnows() throws Exception {
        assertThat(text("#glance")).contains("2 complete", "32 guests, 39 interfaces", "has everything", "loaded");
        assertThat(text(".row.cluster")).contains("cluster demo", "25 guests", "complete");
        assertThat(names()).startsWith("web-1", "fw-1", "WIN-DC01");
        String router = text(".row.guest + .row.guest");
        assertThat(router).contains("VM 110", "fw-1", "4 interfaces", "running", "infra");
        assertThat(text(".row.interface")).contains("net0 vtnet0", "bc:24:11:10:00:01", "203.0.113.2", "vmbr1");
    }

    @Test
    void itFindsHostsByEverythingThatIsKnownOfThem() throws Exception {
        for (String[] found : new String[][] {
            {"WEB", "web-1", "web-2", "proxy-1.example.com", "web-3", "web-2-clone"},
            {"bc24.1120", "web-1", "web-2", "web-3", "web-2-clone"},
            {"BC-24-11-30", "shop-db"},
            {"bc:24:11:20:00:03", "web-3"},
            {"bc2411200003", "web-3"},
            {"203.0.113.0/24", "fw-1"},
            {"10.0.70.", "k8s-1", "k8s-2", "k8s-3"},
            {"2001:DB8:66::/48", "v6only"},
            {"2001:0db8:0066:0::6", "v6only"},
            {"tag:web node:pve2", "web-2", "proxy-1.example.com"},
            {"status:stopped type:vm -web", "erp-2019", "vm-153"},
            {"vlan:41", "fw-1", "WIN-DC01"},
            {"note:AGENT_SILENT", "legacy-app"},
            {"web -tag:prod", "proxy-1.example.com", "web-2-clone"},
            {"node:pve1,pve2 k8s", "k8s-1", "k8s-2"},
            {"mac:nonsense"},
        }) {
            search(found[0]);
            assertThat(names()).as(found[0]).containsExactly(Arrays.copyOfRange(found, 1, found.length));
        }
    }

    @Test
    void itMarksWhatWasFoundAndSaysHowMuch() throws Exception {
        search("bc24.1130");
        assertThat(texts(browser.script("return [...document.querySelectorAll('mark')].map((it) => it.textContent)")))
                .containsExactly("bc:24:11:30", "bc:24:11:30");
        assertThat(text(".told")).isEqualTo("2 interfaces of 1 guest, of 39");
        browser.await("document.getElementById('count').textContent.startsWith('2 interfaces')");
    }

    @Test
    void aLinkShowsTheSameToAnother() throws Exception {
        search("shop-db");
        browser.press(Browser.ENTER);
        browser.await("document.getElementById('details').open");
        String address = browser.script("return window.location.hash").asText();
        assertThat(address).isEqualTo("#q=shop-db&tab=hosts&host=demo/qemu/104/net0");
        open(address);
        assertThat(text("#details")).contains("shop-db net0", "10.0.30.11/24", "the guest's agent saw it", "9000");
        assertThat(names()).containsExactly("shop-db");
        open("#tab=runs");
        assertThat(text("#panel-runs")).contains("GUEST_LOCKED", "A stale lock: qm unlock", "demo/qemu/164");
    }

    @Test
    void theKeyboardIsEnough() throws Exception {
        browser.press("/");
        assertThat(focused()).isEqualTo("q");
        browser.press("web" + Browser.DOWN);
        assertThat(focused()).isEqualTo("grid");
        assertThat(active()).contains("web-1");
        browser.press(Browser.DOWN + Browser.DOWN);
        assertThat(active()).contains("web-2");
        browser.press(Browser.LEFT);
        assertThat(active()).contains("node pve2");
        browser.press(Browser.LEFT);
        assertThat(browser.script("return document.querySelector('.row.active').getAttribute('aria-expanded')")
                        .asText())
                .isEqualTo("false");
        browser.press(Browser.RIGHT + Browser.RIGHT + Browser.ENTER);
        browser.await("document.activeElement.id === 'details-title'");
        assertThat(text("#details-title")).isEqualTo("web-2 net0");
        browser.press(Browser.ESCAPE);
        browser.await("!document.getElementById('details').open");
        assertThat(focused()).isEqualTo("grid");
        browser.press(Browser.ESCAPE);
        assertThat(browser.script("return document.getElementById('q').value").asText())
                .isEmpty();
    }

    @Test
    void theTabsAreWalkedByArrows() throws Exception {
        browser.script("document.getElementById('tab-hosts').focus(); return 1");
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            seen.add(focused() + " "
                    + browser.script("return document.querySelector('[role=tabpanel]:not([hidden])').id")
                            .asText());
            browser.press(Browser.RIGHT);
        }
        assertThat(seen)
                .containsExactly(
                        "tab-hosts panel-hosts",
                        "tab-clusters panel-clusters",
                        "tab-changes panel-changes",
                        "tab-runs panel-runs",
                        "tab-sinks panel-sinks",
                        "tab-routes panel-routes");
        assertThat(focused()).isEqualTo("tab-hosts");
    }

    private static String focused() throws Exception {
        return browser.script("return document.activeElement.id").asText();
    }

    private static String active() throws Exception {
        return browser.script("const grid = document.getElementById('grid');"
                        + "return document.getElementById(grid.getAttribute('aria-activedescendant')).textContent")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void itIsAccessible(String scheme) throws Exception {
        browser.colours(scheme);
        for (String hash : EVERYWHERE) {
            go(hash);
            assertThat(violations()).as("%s in %s", hash, scheme).isEmpty();
        }
        browser.colours("light");
    }

    private static List<String> violations() throws Exception {
        try (InputStream axe = PageTest.class.getResourceAsStream("/axe.min.js")) {
            return texts(
                    browser.later(
                            new String(axe.readAllBytes(), StandardCharsets.UTF_8)
                                    + ";const done = arguments[arguments.length - 1];"
                                    + "axe.run({resultTypes: ['violations']}).then((it) => done(it.violations.flatMap((rule) =>"
                                    + "rule.nodes.map((node) => rule.id + ' ' + node.html.slice(0, 200) + ' ' + node.failureSummary))))"));
        }
    }

    @Test
    void aPhoneNeedsNoScrollingSideways() throws Exception {
        browser.size(360, 740, true);
        for (String hash : EVERYWHERE) {
            open(hash);
            assertThat(browser.script("return [document.documentElement.scrollWidth, window.innerWidth,"
                                    + "document.getElementById('details').scrollWidth <= 360]")
                            .toString())
                    .as(hash)
                    .isEqualTo("[360,360,true]");
        }
    }

    @Test
    void itAsksNoOtherServer() throws Exception {
        browser.log("performance");
        open("#q=web&tab=hosts&host=demo/qemu/102/net0");
        String own = "http://127.0.0.1:" + service.port() + "/";
        List<String> asked = StreamSupport.stream(browser.log("performance").spliterator(), false)
                .map(entry -> entry.path("message").asText())
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceAll("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
                .filter(url -> !url.startsWith("data:"))
                .toList();
        assertThat(asked).contains(own, own + "api/hosts").allMatch(url -> url.startsWith(own));
    }

    @Test
    void itsFilesComeWithAPolicyAndOnlyOnce() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (String path : List.of("", "page/page.js", "page/page.css", "page/icon.svg")) {
            URI address = URI.create("http://127.0.0.1:" + service.port() + "/" + path);
            HttpResponse<String> file =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.headers().firstValue("content-security-policy").orElseThrow())
                    .startsWith("default-src 'none'; script-src 'self';");
            assertThat(file.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(file.headers().firstValue("referrer-policy")).hasValue("no-referrer");
            HttpRequest again = HttpRequest.newBuilder(address)
                    .header("If-None-Match", file.headers().firstValue("etag").orElseThrow())
                    .build();
            HttpResponse<String> same = client.send(again, HttpResponse.BodyHandlers.ofString());
            assertThat(same.statusCode()).isEqualTo(304);
            assertThat(same.body()).isEmpty();
        }
        for (String path : List.of("page/none.js", "page/..%2Fsimplelogger.properties", "page/PAGE.JS")) {
            URI address = URI.create("http://127.0.0.1:" + service.port() + "/" + path);
            assertThat(client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void whatChangesIsShownAtOnce() throws Exception {
        browser.await("document.getElementById('connection').textContent === 'live'");
        cluster.change(204, guest -> guest.config("hostname", "wiki-new"));
        service.pollNow();
        search("wiki");
        browser.await(
                "[...document.querySelectorAll('.rows .guest-name')].some((it) => it.textContent === 'wiki-new')");
        browser.script("document.getElementById('tab-changes').click(); return 1");
        browser.await("document.getElementById('panel-changes').textContent.includes('changed: hostname')");
        assertThat(texts(browser.script(
                        "return [...document.querySelectorAll('.changes .word')]" + ".map((it) => it.textContent)")))
                .contains("changed", "new");
    }

    /** What a guest is called is never more than text; what cannot be seen in it is named. */
    @Test
    void hostileNamesAreText() throws Exception {
        search("10.66.0.");
        browser.await("document.querySelectorAll('.rows .guest-name').length === arguments[0]", HOSTILE.size());
        assertThat(names().get(0)).isEqualTo("<script>document.title='owned'</script>");
        assertThat(names().get(1)).isEqualTo("<img src=x onerror=alert(1)>");
        assertThat(String.join(" ", names())).contains("‹202E›", "${env:HOME}", "🦊", "(65536 characters)");
        for (int i = 0; i < HOSTILE.size(); i++) {
            go("#host=odd/qemu/" + (900 + i) + "/net0");
            browser.await(
                    "document.getElementById('details').textContent.includes(arguments[0])", "10.66.0." + (i + 1));
        }
        open("#tab=changes");
        assertThat(browser.script(
                                "return document.querySelectorAll('#panels script, #panels img, #panels a[href^=java],"
                                        + " dialog img, dialog script').length")
                        .asInt())
                .isZero();
        assertThat(browser.script("return document.title").asText()).contains("proxmox-discovery");
    }

    @Test
    void aServerThatIsGoneIsSaidAndOneThatIsBackToo() throws Exception {
        browser.devTools("Network.enable", "{}");
        browser.devTools("Network.emulateNetworkConditions", network(true));
        browser.script("window.dispatchEvent(new Event('online')); return 1");
        browser.await("!document.getElementById('lost').hidden");
        assertThat(text("#lost")).contains("The program does not answer", "What is shown here is from");
        assertThat(text("#connection")).isEqualTo("no connection");
        assertThat(names()).contains("web-1");
        browser.devTools("Network.emulateNetworkConditions", network(false));
        browser.await("document.getElementById('lost').hidden");
        browser.log("browser");
    }

    private static String network(boolean gone) {
        return "{\"offline\":%s,\"latency\":0,\"downloadThroughput\":-1,\"uploadThroughput\":-1}".formatted(gone);
    }
}
