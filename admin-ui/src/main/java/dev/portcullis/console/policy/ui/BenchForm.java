package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.portcullis.console.components.MomentPicker;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The fields of one case.
final class BenchForm extends Div {
    private static final long serialVersionUID = 1L;

    private final RadioButtonGroup<String> policy = new RadioButtonGroup<>("Policy");
    private final Select<String> route = new Select<>();
    private final ComboBox<String> tool = new ComboBox<>("Tool");
    private final TextArea arguments = new TextArea("Arguments (JSON)");
    private final TextField caller = new TextField("Caller");
    private final TextField groups = new TextField("Groups");
    private final TextField client = new TextField("Client software");
    private final TextField address = new TextField("Client address");
    private final MomentPicker time = new MomentPicker("Time (UTC)", Duration.ofMinutes(15));
    private final Div wrong = new Div();

    /// @param toolsOf the tools that are known of a route
    BenchForm(Function<String, List<String>> toolsOf, Consumer<BenchInputs> ask) {
        addClassName("policy-bench-form");
        policy.setItems(BenchInputs.DRAFT, BenchInputs.PUBLISHED);
        policy.setItemLabelGenerator(name -> name.equals(BenchInputs.DRAFT) ? "Draft" : "Published");
        policy.setValue(BenchInputs.DRAFT);
        route.setLabel("Route");
        route.addValueChangeListener(event -> {
            var chosen = tool.getValue();
            tool.setItems(event.getValue() == null ? List.of() : toolsOf.apply(event.getValue()));
            tool.setValue(chosen);
        });
        tool.setAllowCustomValue(true);
        tool.setClearButtonVisible(true);
        tool.setPlaceholder("None: may they connect?");
        tool.addCustomValueSetListener(event -> tool.setValue(event.getDetail()));
        arguments.setPlaceholder("{}");
        arguments.addClassName("policy-mono");
        caller.setPlaceholder("Nobody in particular");
        groups.setPlaceholder("developers, platform");
        client.setPlaceholder("cursor");
        address.setPlaceholder("127.0.0.1");
        time.setDatePlaceholder("Now");
        wrong.addClassName("policy-refused");
        wrong.getElement().setAttribute("role", "alert");
        wrong.setVisible(false);
        var decide = new Button("Decide", _ -> ask.accept(inputs()));
        decide.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        decide.addClickShortcut(Key.ENTER)
                .listenOn(route, tool, caller, groups, client, address)
                .resetFocusOnActiveElement();
        var buttons = new Div(decide);
        buttons.addClassName("policy-bench-buttons");
        List.of(policy, arguments, time, wrong, buttons).forEach(wide -> wide.addClassName("policy-wide"));
        add(policy, route, tool, arguments, caller, groups, client, address, time, wrong, buttons);
    }

    /// @param routes those that the draft has
    void offer(Collection<String> routes) {
        var chosen = Optional.ofNullable(route.getValue()).filter(routes::contains);
        route.setItems(routes);
        chosen.or(() -> routes.stream().findFirst()).ifPresent(route::setValue);
    }

    void show(BenchInputs inputs) {
        policy.setValue(inputs.policy());
        route.setValue(inputs.route());
        tool.setValue(inputs.tool().isEmpty() ? null : inputs.tool());
        arguments.setValue(inputs.arguments());
        caller.setValue(inputs.caller());
        groups.setValue(inputs.groups());
        client.setValue(inputs.client());
        address.setValue(inputs.address());
        time.setValue(moment(inputs.time()).orElse(null));
    }

    BenchInputs inputs() {
        return new BenchInputs(
                policy.getValue(),
                Optional.ofNullable(route.getValue()).orElse(""),
                caller.getValue().strip(),
                groups.getValue().strip(),
                client.getValue().strip(),
                address.getValue().strip(),
                Optional.ofNullable(time.getValue())
                        .map(local -> local.toInstant(ZoneOffset.UTC).toString())
                        .orElse(""),
                Optional.ofNullable(tool.getValue()).orElse("").strip(),
                arguments.getValue().strip());
    }

    /// Why it cannot be asked; empty when it can.
    void showWrong(String sentence) {
        wrong.setText(sentence);
        wrong.setVisible(!sentence.isEmpty());
    }

    private static Optional<LocalDateTime> moment(String time) {
        try {
            return time.isEmpty()
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.ofInstant(Instant.parse(time), ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
