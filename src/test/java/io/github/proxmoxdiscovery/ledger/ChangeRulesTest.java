package io.github.proxmoxdiscovery.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When two messages of a host are different, and where. */
class ChangeRulesTest {

    private final ChangeRules rules = new ChangeRules(List.of("proxmox.agent", "proxmox.addresses.stale"));

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private String hash(String text) {
        return rules.hash(ChangeRules.tree(text), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'a':1}                                   | {'a':1}                                    | the same
                    {'a':1,'b':2}                             | {'b':2,'a':1}                              | the order of keys
                    {'a':['x','y']}                           | {'a':['y','x']}                            | the order of a list
                    {'a':[{'b':[1,2]},{'b':[3]}]}             | {'a':[{'b':[3]},{'b':[2,1]}]}              | lists in lists
                    {'observed_at':'1','run_id':'1'}          | {'observed_at':'2','run_id':'2'}           | time and run
                    {'generation':null,'revision':null}       | {'generation':1,'revision':2}              | numbers
                    {'proxmox':{'agent':'ok'}}                | {'proxmox':{'agent':'silent'}}             | what is left out
                    {'proxmox':{}}                            | {'proxmox':{'agent':'silent'}}             | left out and not there
                    {'proxmox':{'addresses':[{'stale':true}]}}| {'proxmox':{'addresses':[{'stale':false}]}}| left out in a list
                    """)
    void theseAreNoDifference(String one, String other, String why) {
        assertThat(hash(json(one))).as(why).isEqualTo(hash(json(other)));
        assertThat(rules.changes(json(one), json(other))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'a':1}                    | {'a':2}                         | a
                    {'a':1}                    | {'a':'1'}                       | a
                    {'a':null}                 | {}                              | a
                    {}                         | {'a':null}                      | a
                    {'a':['x']}                | {'a':['x','x']}                 | a
                    {'a':['x, y']}             | {'a':['x','y']}                 | a
                    {'a':{'b':1,'c':2}}        | {'a':{'b':2,'c':2}}             | a.b
                    {'a':{'b':1}}              | {'a':null}                      | a
                    {'agent':'ok'}             | {'agent':'off'}                 | agent
                    {'a':{'observed_at':'1'}}  | {'a':{'observed_at':'2'}}       | a.observed_at
                    {'a':[{'b':1,'c':2}]}      | {'a':[{'b':2,'c':1}]}           | a
                    {'proxmox':{'agent':{}}}   | {'proxmox':null}                | proxmox
                    """)
    void theseAre(String one, String other, String path) {
        assertThat(hash(json(one))).isNotEqualTo(hash(json(other)));
        assertThat(rules.changes(json(one), json(other))).containsOnlyKeys(path);
    }

    @Test
    void eachChangeComesWithWhatWasThereInTheOrderOfThePaths() {
        assertThat(rules.changes(
                                json("{'b':{'x':1,'y':[2,1]},'a':'old'}"),
                                json("{'b':{'x':2,'y':[1]},'a':'new','c':0}"))
                        .toString())
                .isEqualTo("{a=\"old\", b.x=1, b.y=[2,1], c=null}");
    }

    @Test
    void aTextThatIsNoObjectIsTakenAsItIs() {
        assertThat(hash("plain")).isEqualTo(hash("plain")).isNotEqualTo(hash("plain "));
        assertThat(hash("[1,2]")).isNotEqualTo(hash("[2,1]"));
        assertThat(rules.changes("plain", "other")).isEmpty();
    }

    @Test
    void theHashIsShortAndAlwaysTheSame() {
        assertThat(hash("{\"a\":1}"))
                .isEqualTo(hash("{\"a\":1,\"run_id\":\"x\"}"))
                .hasSize(21)
                .matches("[\\w-]+");
    }
}
