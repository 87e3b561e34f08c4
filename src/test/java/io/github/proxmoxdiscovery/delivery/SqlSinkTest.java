package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink sql and a real PostgreSQL, whose rows are read by psql. */
class SqlSinkTest {

    private static Postgres postgres;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    private static Program program(Lab lab, String table) {
        return lab.program("sql,file")
                .with("sink.sql.url", postgres.url())
                .with("sink.sql.username", Postgres.USER)
                .env("SINK_SQL_PASSWORD", Postgres.PASSWORD)
                .with("sink.sql.table", table)
                .with("sink.sql.emit", "changes")
                .with("discovery.removal.after", "1");
    }

    private static void run(Program program) {
        Program.Result result = program.run("once");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private static void rename(Lab lab, int vmid, String name) {
        lab.cluster().change(vmid, vm -> vm.config("name", name));
    }

    private static List<String> names(String table) throws Exception {
        return postgres.sql("SELECT vmid, hostname FROM " + table + " ORDER BY id");
    }

    @Test
    void hasARowForEachHostWithWhatItsMessageSays() throws Exception {
        String table = postgres.table("truth");
        try (Lab lab = Lab.of(folder, 3)) {
            lab.cluster().change(101, vm -> vm.config("ipconfig0", "ip=10.0.0.7/24,ip6=2001:db8::7/64"));
            run(program(lab, table));
            assertThat(postgres.sql("SELECT id, mac, hostname, ip_addresses, cluster, node, type, vmid, status, tags,"
                            + " generation, revision, event FROM " + table + " ORDER BY id"))
                    .containsExactly(
                            "lab/qemu/101/net0|bc:24:11:00:00:65|vm-101|{10.0.0.7,2001:db8::7}|lab|pve1|qemu|101"
                                    + "|stopped|{test}|1|1|discovered",
                            "lab/qemu/102/net0|bc:24:11:00:00:66|vm-102|{}|lab|pve2|qemu|102"
                                    + "|stopped|{prod,web}|1|1|discovered",
                            "lab/qemu/103/net0|bc:24:11:00:00:67|vm-103|{}|lab|pve1|qemu|103"
                                    + "|stopped|{test}|1|1|discovered");
            List<String> hosts = postgres.sql("SELECT host FROM " + table + " ORDER BY id");
            assertThat(hosts.stream().map(Output::json))
                    .containsExactlyElementsOf(lab.output().latest("lab").stream()
                            .map(Output::json)
                            .toList());
            assertThat(postgres.sql("SELECT hostname FROM " + table + " WHERE '10.0.0.0/8' >> ANY(ip_addresses)"))
                    .containsExactly("vm-101");
        }
    }

    @Test
    void changesTheRowOfAHostThatChangedAndNoOther() throws Exception {
        String table = postgres.table("changes");
        String versions = "SELECT vmid, xmin FROM " + table + " ORDER BY id";
        try (Lab lab = Lab.of(folder, 4)) {
            run(program(lab, table));
            List<String> before = postgres.sql(versions);
            rename(lab, 102, "it's \"büro\" \\ $1 ? :#x");
            lab.cluster().remove(103);
            run(program(lab, table));
            assertThat(names(table)).containsExactly("101|vm-101", "102|it's \"büro\" \\ $1 ? :#x", "104|vm-104");
            List<String> after = postgres.sql(versions);
            assertThat(after).contains(before.get(0), before.get(3)).doesNotContain(before.get(1));
            run(program(lab, table));
            assertThat(postgres.sql(versions))
                    .as("nothing new, nothing written")
                    .isEqualTo(after);
        }
    }

    @Test
    void isNeitherOverwrittenNorDeletedByWhatIsOlder() throws Exception {
        String table = postgres.table("older");
        try (Lab lab = Lab.of(folder, 4)) {
            run(program(lab, table));
            postgres.sql("UPDATE " + table + " SET revision = 99 WHERE vmid < 103");
            postgres.sql("UPDATE " + table + " SET generation = 2 WHERE vmid = 103");
            postgres.sql("UPDATE " + table + " SET epoch = 'a' WHERE vmid = 104");
            for (int vmid = 101; vmid <= 104; vmid++) {
                rename(lab, vmid, "other");
            }
            lab.cluster().remove(101);
            run(program(lab, table));
            assertThat(names(table))
                    .as("of 104 there was an older epoch")
                    .containsExactly("101|vm-101", "102|vm-102", "103|vm-103", "104|other");
        }
    }

    @Test
    void isToldOnceMoreWhatItLost() throws Exception {
        String table = postgres.table("resync");
        try (Lab lab = Lab.of(folder, 3)) {
            run(program(lab, table));
            postgres.sql("DELETE FROM " + table + " WHERE vmid = 101");
            postgres.sql("UPDATE " + table + " SET host = '{}' WHERE vmid = 102");
            lab.output().<Integer>inLedger(ledger -> ledger.resync("sql"));
            run(program(lab, table));
            assertThat(names(table)).containsExactly("101|vm-101", "102|vm-102", "103|vm-103");
        }
    }

    @Test
    void withEmitAllEachRunOverwritesAndNothingIsDeleted() throws Exception {
        String table = postgres.table("everything");
        try (Lab lab = Lab.of(folder, 3)) {
            run(program(lab, table).with("sink.sql.emit", "all"));
            rename(lab, 101, "other");
            lab.cluster().remove(102);
            postgres.sql("UPDATE " + table + " SET epoch = 'z' WHERE vmid = 101");
            run(program(lab, table).with("sink.sql.emit", "all"));
            assertThat(names(table)).containsExactly("101|other", "102|vm-102", "103|vm-103");
            run(program(lab, table));
            assertThat(names(table)).as("told of changes from now on").containsExactly("101|other", "103|vm-103");
        }
    }

    @Test
    void hasTheNewGuestWhenANumberIsGivenToAnotherOne() throws Exception {
        String table = postgres.table("replaced");
        try (Lab lab = Lab.of(folder, 2)) {
            lab.cluster().change(101, vm -> vm.config("smbios1", "uuid=5f1d7c3e-0000-4000-8000-000000000101"));
            run(program(lab, table));
            lab.cluster()
                    .change(
                            101,
                            vm -> vm.config("smbios1", "uuid=5f1d7c3e-0000-4000-8000-000000000999")
                                    .config("name", "other"));
            run(program(lab, table));
            assertThat(postgres.sql("SELECT vmid, hostname, generation FROM " + table + " ORDER BY id"))
                    .containsExactly("101|other|2", "102|vm-102|1");
        }
    }

    @Test
    void losesNothingWhenTheDatabaseWasDown() throws Exception {
        String table = postgres.table("restarted");
        try (Lab lab = Lab.of(folder, 3)) {
            run(program(lab, table));
            postgres.stop();
            rename(lab, 101, "other");
            lab.cluster().remove(102);
            Program.Result down =
                    program(lab, table).with("discovery.delivery-timeout", "1s").run("once");
            postgres.restart();
            assertThat(down.exitCode()).isEqualTo(5);
            assertThat(down.err()).contains("sink sql took 0 hosts, and lacks ", "SINK_UNREACHABLE ConnectException");
            run(program(lab, table));
            assertThat(names(table)).containsExactly("101|other", "103|vm-103");
        }
    }

    @Test
    void isTriedAgainInTheSameRunWhenTheDatabaseEndsTheConnection() throws Exception {
        String table = postgres.table("killed");
        try (Lab lab = Lab.of(folder, 3)) {
            postgres.sql("CREATE FUNCTION killed.once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                    + " IF nextval('killed.times') = 1 THEN RAISE SQLSTATE '57P01'; END IF; RETURN NULL; END $$;"
                    + " CREATE SEQUENCE killed.times; GRANT USAGE ON SEQUENCE killed.times TO " + Postgres.USER + ";"
                    + " CREATE TRIGGER once BEFORE INSERT ON " + table + " EXECUTE FUNCTION killed.once()");
            Program.Result result = program(lab, table).run("once");

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err()).contains("sink sql fails: PSQLException: ERROR:", "(57P01)");
            assertThat(names(table)).hasSize(3);
        }
    }

    @Test
    void isLeftAloneUntilTheTableIsThereAndNothingOfThatIsLost() throws Exception {
        try (Lab lab = Lab.of(folder, 3)) {
            Program.Result missing = program(lab, "missing.hosts").run("once");
            assertThat(missing.exitCode()).isEqualTo(5);
            assertThat(missing.err())
                    .contains("sink sql took 0 hosts, and lacks 3")
                    .contains("SINK_PAUSED ERROR: relation \"missing.hosts\" does not exist (42P01)");
            String table = postgres.table("missing");
            postgres.sql("REVOKE INSERT ON " + table + " FROM " + Postgres.USER);
            assertThat(program(lab, table).run("once").err())
                    .contains("SINK_PAUSED ERROR: permission denied for table hosts (42501)");
            postgres.sql("GRANT INSERT ON " + table + " TO " + Postgres.USER);
            run(program(lab, table));
            assertThat(names(table)).hasSize(3);
        }
    }

    @Test
    void tellsThatThePasswordIsWrongAndNeverWhichItIs() throws Exception {
        String table = postgres.table("password");
        try (Lab lab = Lab.of(folder, 3)) {
            Program.Result result = program(lab, table)
                    .env("SINK_SQL_PASSWORD", "not-the-password")
                    .run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(result.err())
                    .contains("SINK_PAUSED FATAL: password authentication failed for user \"discovery\" (28P01)")
                    .doesNotContain("not-the-password");
            run(program(lab, table));
            assertThat(names(table)).hasSize(3);
        }
    }

    @Test
    void parksTheHostThatTheDatabaseRefusesAndTakesAllOthers() throws Exception {
        String table = postgres.table("poison");
        postgres.sql("ALTER TABLE " + table + " ADD CHECK (hostname <> 'no')");
        try (Lab lab = Lab.of(folder, 9)) {
            rename(lab, 104, "no");
            lab.cluster().change(107, vm -> vm.config("name", "nul\0nul"));
            Program.Result result = program(lab, table).run("once");

            assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
            assertThat(names(table)).hasSize(7).noneMatch(name -> name.matches("10[47].*"));
            assertThat(lab.output().parkedIds("sql")).containsExactly("lab/qemu/104/net0", "lab/qemu/107/net0");
            assertThat(lab.output().parked("sql").stream().map(parked -> parked.answer()))
                    .allMatch(answer -> answer.startsWith("SINK_REJECTED ERROR: "))
                    .anyMatch(answer -> answer.endsWith("violates check constraint \"hosts_hostname_check\" (23514)"))
                    .anyMatch(answer -> answer.endsWith("unsupported Unicode escape sequence (22P05)"));
            rename(lab, 104, "yes");
            rename(lab, 107, "vm-107");
            run(program(lab, table));
            assertThat(names(table)).hasSize(9).contains("104|yes");
        }
    }

    @Test
    void refusesAPasswordInTheAddress() {
        try (Lab lab = Lab.of(folder, 1)) {
            Program.Result result = program(lab, "hosts")
                    .with("sink.sql.url", postgres.url() + "?user=x&password=hidden-secret")
                    .run("validate");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .contains("sink.sql.url", "set sink.sql.password instead")
                    .doesNotContain("hidden-secret");
            assertThat(Stream.of("hosts; DROP TABLE x", "a.b.c", "\"x\""))
                    .allMatch(table -> program(lab, table).run("validate").exitCode() == 2);
        }
    }

    @Test
    void isLookedAtByCheckWhichWritesNothing() throws Exception {
        String table = postgres.table("looked");
        try (Lab lab = Lab.of(folder, 2)) {
            assertThat(check(program(lab, table)))
                    .contains("looked.hosts is there")
                    .doesNotContain("fail ");
            assertThat(names(table)).isEmpty();
            assertThat(check(program(lab, "nowhere.hosts"))).contains("fail", "does not exist (42P01)", "hosts.sql");
            Program wrong = program(lab, table).env("SINK_SQL_PASSWORD", "not-the-password");
            assertThat(check(wrong)).contains("(28P01)", "sink.sql.password").doesNotContain("not-the-password");
        }
    }

    private static String check(Program program) {
        Program.Result result = program.run("check");
        return (result.out() + result.err()).replaceAll("\\s+", " ");
    }

    @Test
    void answersEachQuestionOfTheDocs() throws Exception {
        postgres.table("docs");
        String page = Files.readString(Path.of("docs/how-to/write-to-a-database.md"));
        List<String> statements = Pattern.compile("(?ms)^```sql\\n(.*?)^```")
                .matcher(page)
                .results()
                .map(snippet -> snippet.group(1))
                .toList();
        assertThat(statements).hasSizeGreaterThan(2);
        for (String statement : statements) {
            postgres.sql("SET search_path TO docs; BEGIN; " + statement + "; ROLLBACK");
        }
    }
}
