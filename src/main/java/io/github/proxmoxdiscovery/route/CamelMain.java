package io.github.proxmoxdiscovery.route;

import java.util.Properties;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Makes a Camel that is told the settings and the beans, and nothing else. */
final class CamelMain {

    private CamelMain() {}

    static Main of(String name, Properties properties, Beans beans) {
        Main main = new Main();
        beans.bind(main::bind);
        main.bind("direct", new LiveDirect());
        main.setOverrideProperties(properties);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure()
                .withName(name)
                .withAutoConfigurationEnvironmentVariablesEnabled(false)
                .withAutoConfigurationSystemPropertiesEnabled(false)
                .withAutoConfigurationLogSummary(false);
        main.addMainListener(new OnlyOurSettings());
        return main;
    }

    /** The settings win over the environment and the system properties, for they were computed from them. */
    private static final class OnlyOurSettings extends MainListenerSupport {

        @Override
        public void beforeInitialize(BaseMainSupport support) {
            PropertiesComponent properties =
                    (PropertiesComponent) support.getCamelContext().getPropertiesComponent();
            properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
            properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        }
    }
}
