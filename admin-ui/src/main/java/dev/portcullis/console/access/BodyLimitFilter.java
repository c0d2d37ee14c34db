package dev.portcullis.console.access;

import dev.portcullis.console.api.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Bounds the bodies of the REST API, which are read into memory before it is asked what a token may do:
/// the least of them could take all of it.
final class BodyLimitFilter extends OncePerRequestFilter {
    /// Twice what a policy document may have, since JSON escapes some of it.
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final String DETAIL = "The body is larger than " + MOST_BYTES + " bytes.";

    private final ProblemWriter problems;

    BodyLimitFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > MOST_BYTES) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
            problems.write(response, HttpStatus.CONTENT_TOO_LARGE, DETAIL);
        } else {
            chain.doFilter(new Bounded(request, response), response);
        }
    }

    /// Of a request that does not say how long it is, what is read is counted.
    private static final class Bounded extends HttpServletRequestWrapper {
        private final HttpServletResponse response;

        Bounded(HttpServletRequest request, HttpServletResponse response) {
            super(request);
            this.response = response;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), response);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream body;
        private final HttpServletResponse response;
        private long read;

        Counted(ServletInputStream body, HttpServletResponse response) {
            this.body = body;
            this.response = response;
        }

        @Override
        public int read() throws IOException {
            var one = body.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var some = body.read(into, offset, length);
            count(Math.max(0, some));
            return some;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > MOST_BYTES) {
                // What is not read must not be taken for another request.
                response.setHeader(HttpHeaders.CONNECTION, "close");
                var refusal = new ErrorResponseException(HttpStatus.CONTENT_TOO_LARGE);
                refusal.setDetail(DETAIL);
                throw refusal;
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
