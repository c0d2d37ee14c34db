package dev.portcullis.console.api;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

import java.io.IOException;

/// Ends the connection of a response that broke off when some of it had been sent, in the midst of it: its
/// reader sees an error instead of an end, and does not take what it has for all there is.
///
/// Servlets have no way of saying that. An exception would do, but the server would append an error page first.
@Component
public final class BrokenOffResponse implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final String MARK = BrokenOffResponse.class.getName();

    /// Says that the response to `request` must not seem to be whole. To be called on its thread; what is still
    /// buffered is lost.
    public static void mark(HttpServletRequest request) {
        request.setAttribute(MARK, true);
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addEngineValves(new Closing());
    }

    private static final class Closing extends ValveBase {
        private Closing() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            getNext().invoke(request, response);
            if (request.getAttribute(MARK) != null) {
                response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
            }
        }
    }
}
