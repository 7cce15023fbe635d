package fr.passnumerique.clearing.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be answered, as RFC 9457 problem details with a stable {@code code}.
 *
 * <p>Thrown at the edge only; {@code ProblemAdvice} writes it.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN = 60;
  private static final Duration SHORTLY = Duration.ofSeconds(2);

  private final int status;
  private final String code;
  private final String detail;
  private final transient List<Fault> faults;
  private final long retryAfterSeconds;

  /**
   * One thing to mend.
   *
   * @param line of the file, from 1 with its header, or of the JSON list, from 1; 0 if none
   * @param field name of the field or column, empty if none
   * @param value what was sent, shortened; never a check part, an IBAN or a contact
   * @param cause of a file that is not the table asked for; null otherwise. Not sent: programs have
   *     the field, and people a page
   */
  public record Fault(
      int line,
      String field,
      String value,
      String message,
      String remedy,
      @JsonIgnore @Nullable TableFault cause) {
    public Fault {
      if (remedy.isBlank()) {
        throw new IllegalArgumentException("a fault without a remedy: " + message);
      }
    }

    public Fault(int line, String field, String value, String message, String remedy) {
      this(line, field, value, message, remedy, null);
    }

    public static Fault of(String field, String value, String message, String remedy) {
      return new Fault(0, field, value, message, remedy);
    }
  }

  /**
   * @param faults at least one: whoever is refused is told what to do
   */
  public Problem(int status, String code, String detail, List<Fault> faults) {
    this(status, code, detail, faults, 0);
  }

  /** Of the request as a whole: there is no field to name. */
  public Problem(int status, String code, String message, String remedy) {
    this(status, code, message + "; " + remedy, List.of(Fault.of("", "", message, remedy)));
  }

  private Problem(
      int status, String code, String detail, List<Fault> faults, long retryAfterSeconds) {
    super(detail);
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("a refusal without a remedy: " + code + " " + detail);
    }
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.faults = List.copyOf(faults);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public static Problem of(Refusal refusal) {
    int status =
        switch (refusal.code().kind()) {
          case UNKNOWN -> 404;
          case CONFLICT -> 409;
          case RULE -> 422;
        };
    return new Problem(
        status,
        refusal.code().name(),
        refusal.message(),
        List.of(
            new Fault(
                0, refusal.field(), shown(refusal.value()), refusal.message(), refusal.remedy())));
  }

  /**
   * The same, where its faults lie in a form that calls the fields otherwise.
   *
   * @param form what it calls the operation's field
   */
  public Problem in(UnaryOperator<String> form) {
    return new Problem(
        status,
        code,
        detail,
        faults.stream()
            .map(
                fault ->
                    new Fault(
                        fault.line(),
                        form.apply(fault.field()),
                        fault.value(),
                        fault.message(),
                        fault.remedy(),
                        fault.cause()))
            .toList(),
        retryAfterSeconds);
  }

  /** The request itself cannot be read: malformed, wrong encoding, out of range. */
  public static Problem badRequest(String code, String detail, List<Fault> faults) {
    return new Problem(400, code, detail, faults);
  }

  /**
   * Not now: the same request may be sent again.
   *
   * @param wait more than nothing
   */
  public static Problem tooMany(String code, String message, Duration wait) {
    return later(429, code, message, wait);
  }

  /** As {@link #tooMany}, where the wait is for us and not for the sender. */
  public static Problem notNow(String code, String message, Duration wait) {
    return later(503, code, message, wait);
  }

  /** As Retry-After has it: rounded up, or a client that waits as told comes too early. */
  public static long wholeSeconds(Duration wait) {
    return wait.plusSeconds(1).minusNanos(1).toSeconds();
  }

  private static Problem later(int status, String code, String message, Duration wait) {
    long seconds = wholeSeconds(wait);
    String remedy = "send the same request again in %d seconds".formatted(seconds);
    return new Problem(
        status, code, message + "; " + remedy, List.of(Fault.of("", "", message, remedy)), seconds);
  }

  /**
   * Whether there is such a thing cannot be told yet: whoever would hold it is behind the ledger.
   *
   * @param what with its identifier
   * @param holder who is behind
   */
  public static Problem behind(String what, String holder) {
    return notNow(
        "PROJECTION_BEHIND",
        "whether %s exists cannot be told: %s does not hold the whole ledger yet"
            .formatted(what, holder),
        SHORTLY);
  }

  /** Not there, or not the asker's to know. */
  public static Problem notFound(String what) {
    return new Problem(
        404,
        "NOT_FOUND",
        what + " does not exist",
        "correct the name; what is another's is not shown, and answered alike");
  }

  /**
   * That there is what a list is asked for of: an empty list of what does not exist would hide a
   * name that was mistyped.
   *
   * @param isKnown asked under the registers' lock
   * @throws Problem 404 if it is not
   */
  public static void requireKnown(ReadLock registers, String what, BooleanSupplier isKnown) {
    if (registers
        .find(what, () -> isKnown.getAsBoolean() ? Optional.of(what) : Optional.empty())
        .isEmpty()) {
      throw notFound(what);
    }
  }

  /**
   * @return the recorded outcome
   * @throws Problem if it was refused
   */
  public static <A> Outcome.Recorded<A> recorded(Outcome<A> outcome) {
    return switch (outcome) {
      case Outcome.Recorded<A> recorded -> recorded;
      case Outcome.Refused<A>(Refusal refusal) -> throw of(refusal);
    };
  }

  /**
   * What was sent, fit to be shown: shortened to 60 characters, those that cannot be seen replaced.
   * For values that are neither secret nor personal only.
   */
  public static String shown(String sent) {
    String text = sent.length() > SHOWN ? sent.substring(0, SHOWN - 1) + "…" : sent;
    return ReadableText.masked(text);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** Rule, value and remedy in one sentence. */
  public String detail() {
    return detail;
  }

  public List<Fault> faults() {
    return faults;
  }

  /** 0 if sending the request again is of no use. */
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
