package fr.passnumerique.clearing.http;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only so many requests be worked on at once, and tells the others at once when to come again
 * (429 {@code TOO_BUSY}): before anything of them is read, and before anybody looks who they are.
 *
 * <p>Changes, questions and pages have places of their own, so that slips do not stand behind long
 * exports, nor clerks behind programs. Health and metrics are never refused: whoever looks why a
 * node is busy must see it.
 */
final class Admission extends OncePerRequestFilter {
  /** What is asked for, by what it costs and whom it keeps waiting. */
  enum Kind {
    /** Whatever records something. */
    CHANGES,
    /** Questions of programs, exports among them. */
    READS,
    /** Of people. */
    PAGES
  }

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final Lane changes;
  private final Lane reads;
  private final Lane pages;

  /** How many of each kind are worked on at once. */
  Admission(int changes, int reads, int pages, LongSupplier nanoTime, MeterRegistry meters) {
    this.changes = new Lane("changes", changes, nanoTime, meters);
    this.reads = new Lane("reads", reads, nanoTime, meters);
    this.pages = new Lane("pages", pages, nanoTime, meters);
  }

  /** Which places a request takes one of; none if it is always let in: what has no body. */
  static Optional<Kind> kindOf(String method, String path) {
    boolean reading = READING.contains(method);
    if (reading && (ProgramPaths.isOfOperators(path) || StaticFiles.hold(path))) {
      return Optional.empty();
    }
    if (path.startsWith("/api/")) {
      return Optional.of(reading ? Kind.READS : Kind.CHANGES);
    }
    return Optional.of(path.startsWith("/v3/") ? Kind.READS : Kind.PAGES);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    Optional<Kind> kind = kindOf(request.getMethod(), path);
    if (kind.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    Lane lane =
        switch (kind.get()) {
          case CHANGES -> changes;
          case READS -> reads;
          case PAGES -> pages;
        };
    if (!lane.enter()) {
      ProblemWriter.write(
          request,
          response,
          Problem.tooMany(
              "TOO_BUSY",
              "%d requests of this kind are being worked on, and no more are let in at once"
                  .formatted(lane.places()),
              lane.pause()));
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      lane.leave();
    }
  }
}
