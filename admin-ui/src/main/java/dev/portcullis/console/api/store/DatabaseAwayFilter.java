package dev.portcullis.console.api.store;

import dev.portcullis.console.api.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/// The same as [DatabaseAdvice] for what is read before a controller is reached, such as who it is.
public final class DatabaseAwayFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseAwayFilter.class);

    private final ProblemWriter problems;

    public DatabaseAwayFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (DataAccessException trouble) {
            if (!DatabaseAway.isCauseOf(trouble) || response.isCommitted()) {
                throw trouble;
            }
            LOG.atWarn().addKeyValue("reason", trouble.toString()).log("the database does not answer the REST API");
            response.setHeader(HttpHeaders.RETRY_AFTER, DatabaseAway.RETRY_AFTER);
            problems.write(response, HttpStatus.SERVICE_UNAVAILABLE, DatabaseAway.SENTENCE);
        }
    }
}
