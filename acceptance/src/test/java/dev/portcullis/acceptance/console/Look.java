package dev.portcullis.acceptance.console;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

import java.util.Locale;

/// How somebody looks at the console: at a desk or on a telephone, by day or by night.
enum Look {
    DESK_LIGHT(1280, 800, ColorScheme.LIGHT),
    DESK_DARK(1280, 800, ColorScheme.DARK),
    TELEPHONE_LIGHT(390, 844, ColorScheme.LIGHT),
    TELEPHONE_DARK(390, 844, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final ColorScheme scheme;

    Look(int width, int height, ColorScheme scheme) {
        this.width = width;
        this.height = height;
        this.scheme = scheme;
    }

    /// With as much room, and the other scheme.
    Look inTheOtherScheme() {
        return switch (this) {
            case DESK_LIGHT -> DESK_DARK;
            case DESK_DARK -> DESK_LIGHT;
            case TELEPHONE_LIGHT -> TELEPHONE_DARK;
            case TELEPHONE_DARK -> TELEPHONE_LIGHT;
        };
    }

    ColorScheme scheme() {
        return scheme;
    }

    boolean isNarrow() {
        return width < 800;
    }

    /// `light` or `dark`.
    String theme() {
        return scheme.name().toLowerCase(Locale.ROOT);
    }

    NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    /// `1280-light`
    @Override
    public String toString() {
        return width + "-" + theme();
    }
}
