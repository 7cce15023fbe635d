package fr.passnumerique.ui.live;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Renewal;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.ProjectionStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Says of each {@link Live} page as of what it was made (its ETag), and answers an open page that
 * asks again with 304 where nothing that it may show has come since: without a query, and without
 * its handler.
 *
 * <p>That is told before the handler reads anything: what comes while it reads is shown, and asked
 * for once more.
 */
public final class LivePages implements HandlerInterceptor {
  /** What is in no fact (an account to be approved, what a moment makes late) is as old at most. */
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final ToLongFunction<Actor> lastConcern;
  private final Supplier<LongStream> folded;
  private final Clock clock;
  private final LongSupplier nanoTime;

  /**
   * @param folded the position that each projection has reached, always in the same order
   * @param nanoTime as {@link System#nanoTime}
   */
  LivePages(
      ToLongFunction<Actor> lastConcern,
      Supplier<LongStream> folded,
      Clock clock,
      LongSupplier nanoTime) {
    this.lastConcern = lastConcern;
    this.folded = folded;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** How far each projection of this node is; without any, no page waits for one. */
  static Supplier<LongStream> folded(ProjectionRunners runners) {
    return () -> runners.statuses().stream().mapToLong(ProjectionStatus::position);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Live live =
        handler instanceof HandlerMethod method ? method.getMethodAnnotation(Live.class) : null;
    if (live == null) {
      return true;
    }
    Optional<String> state = state();
    if (state.isEmpty()) {
      return true;
    }
    // A strong one would have the page sent without compression.
    String tag = "W/\"" + state.get() + '"';
    response.setHeader(HttpHeaders.ETAG, tag);
    if (!live.byItself()
        && Renewal.is(request)
        && tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return false;
    }
    request.setAttribute(LivePages.class.getName(), tag);
    return true;
  }

  /** As of what a page is made; null if it does not renew itself. */
  public static @Nullable String tag(HttpServletRequest request) {
    return (String) request.getAttribute(LivePages.class.getName());
  }

  /** Empty for nobody known, and while the ledger cannot be read. */
  private Optional<String> state() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || !(who.getPrincipal() instanceof Actor actor)) {
      return Optional.empty();
    }
    try {
      // Told before the last fact is: one that goes on meanwhile is behind by too much, and asked
      // for once more. The slowest alone would hide that another has come nearer.
      long[] shown = folded.get().toArray();
      long last = lastConcern.applyAsLong(actor);
      String behind =
          LongStream.of(shown)
              .mapToObj(position -> String.valueOf(Math.max(0, last - position)))
              .collect(Collectors.joining("."));
      return Optional.of(
          "%d-%s-%s-%d-%s"
              .formatted(
                  last,
                  behind,
                  Paris.dayOf(clock.instant()),
                  nanoTime.getAsLong() / LONGEST_NANOS,
                  actor.account()));
    } catch (LedgerUnavailableException e) {
      return Optional.empty();
    }
  }
}
