package dev.portcullis.console.components;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/// Numbers over time, as stacked bars or as lines. Who uses it shows the same numbers as a table, too, to those who
/// cannot see a picture, and names the series beside it.
///
/// A change of its script or of its npm package asks for a new bundle, see `rebuild-bundle.sh`.
@Tag("time-chart")
@NpmPackage(value = "echarts", version = "6.1.0")
@JsModule("./time-chart/time-chart.js")
public final class TimeChart extends Component implements HasStyle {
    private static final long serialVersionUID = 1L;

    private static final JsonMapper JSON = JsonMapper.shared();

    public TimeChart() {
        addClassName("time-chart");
    }

    /// What is shown.
    ///
    /// @param label what is to be seen, in one sentence
    /// @param kind `bars` or `lines`
    /// @param unit `calls` or `micros`
    /// @param step how long each one is, in milliseconds
    /// @param times when each one begins, in milliseconds since the epoch
    public record Data(String label, String kind, String unit, long step, List<Long> times, List<Series> series) {
        public Data {
            times = List.copyOf(times);
            series = List.copyOf(series);
        }
    }

    /// A number for each time.
    ///
    /// @param colour a custom property of CSS
    /// @param dash `solid`, `dashed` or `dotted`
    /// @param values null where there is nothing
    public record Series(String key, String name, String colour, String dash, List<@Nullable Long> values) {}

    public void show(Data data) {
        getElement().setPropertyJson("data", JSON.valueToTree(data));
    }

    /// Somebody wants to know more of a step.
    @DomEvent("step-chosen")
    public static final class StepChosen extends ComponentEvent<TimeChart> {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final String series;

        public StepChosen(
                TimeChart source,
                boolean fromClient,
                @EventData("event.detail.index") int index,
                @EventData("event.detail.series") String series) {
            super(source, fromClient);
            this.index = index;
            this.series = series;
        }

        /// Its place among the times; the browser says so.
        public int index() {
            return index;
        }

        /// The key of the series, or empty.
        public String series() {
            return series;
        }
    }

    public void onChoice(ComponentEventListener<StepChosen> listener) {
        addListener(StepChosen.class, listener);
    }
}
