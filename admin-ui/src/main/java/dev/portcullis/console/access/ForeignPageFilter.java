package dev.portcullis.console.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.Set;

/// Refuses whatever a page of somebody else sends to the screens but links: browsers say so, and pages cannot keep them
/// from it. The form for signing in has no token yet that such a page could not have, so without this one could sign
/// its visitors in as somebody whose screens that somebody reads later.
final class ForeignPageFilter extends OncePerRequestFilter {
    private static final String HEADER = "Sec-Fetch-Site";
    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");
    private static final Set<String> LINKS = Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name());

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var from = request.getHeader(HEADER);
        if (from != null && FOREIGN.contains(from) && !LINKS.contains(request.getMethod())) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
        } else {
            chain.doFilter(request, response);
        }
    }
}
