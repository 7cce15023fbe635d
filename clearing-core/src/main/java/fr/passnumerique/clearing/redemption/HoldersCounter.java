package fr.passnumerique.clearing.redemption;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.redemption.ChequeCounter.Checked;
import fr.passnumerique.clearing.redemption.ChequeCounter.Use;
import fr.passnumerique.clearing.territory.Departement;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is this cheque good? For whoever holds it, without an account. Nothing is told of a serial: it
 * takes the whole code, of which a wrong end and a cheque that was never issued are answered alike,
 * and an address may ask so often only.
 */
public final class HoldersCounter {
  private final ChequeCounter counter;
  private final PublicChecks checks;

  HoldersCounter(ChequeCounter counter, PublicChecks checks) {
    this.counter = counter;
    this.checks = checks;
  }

  /** What the holder of a cheque is told. */
  public enum Standing {
    VALID,
    /** No such code: mistyped or made up; which of the two is not told. */
    UNKNOWN_CODE,
    ALREADY_USED,
    OPPOSED,
    /** Not activated, or not handed out to anybody yet. */
    NOT_USABLE_YET,
    OVER
  }

  /**
   * @param until the last day on which it can be used; left out unless it is valid
   * @param departements INSEE codes where it can be used; empty means everywhere; left out unless
   *     it is valid
   * @param services that can be paid with it; empty means all; left out unless it is valid
   */
  @Schema(name = "PublicChequeCheck")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PublicCheck(
      boolean valid,
      Standing standing,
      @Nullable Long faceValueCents,
      @Nullable LocalDate until,
      @Nullable List<Departement> departements,
      @Nullable List<String> services) {}

  /**
   * @param typed the whole code, as it was typed or scanned
   * @param address of the client
   * @throws Problem 429 {@code TOO_MANY_CHECKS} to an address that asked too often, else 400 {@code
   *     CODE_NOT_READABLE} for what cannot be a code
   */
  public PublicCheck check(String typed, String address) {
    Duration wait = checks.admit(address);
    if (wait.isPositive()) {
      throw Problem.tooMany(
          "TOO_MANY_CHECKS", "this address has checked too many codes without an account", wait);
    }
    Checked checked = counter.check(ChequeCounter.code(typed), Use.ANYWHERE);
    Standing standing = standing(checked.line().verdict());
    boolean valid = standing == Standing.VALID;
    return new PublicCheck(
        valid,
        standing,
        valid ? checked.faceValueCents() : null,
        valid ? checked.lastServiceDay().orElse(null) : null,
        valid ? checked.territory() : null,
        valid ? checked.services() : null);
  }

  private static Standing standing(Verdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> Standing.VALID;
      case UNKNOWN_CHEQUE, BAD_CHECK_CODE -> Standing.UNKNOWN_CODE;
      case ALREADY_REDEEMED -> Standing.ALREADY_USED;
      case OPPOSED -> Standing.OPPOSED;
      case NOT_ACTIVATED, NOT_DISTRIBUTED, SERVICE_BEFORE_DISTRIBUTION -> Standing.NOT_USABLE_YET;
      case EXPIRED_AT_SERVICE_DATE, PRESENTED_TOO_LATE -> Standing.OVER;
      case DUPLICATE_LINE,
          SERVICE_DATE_IN_FUTURE,
          VENUE_NOT_LABELLED_AT_SERVICE_DATE,
          SERVICE_NOT_ELIGIBLE,
          OUT_OF_TERRITORY,
          CONFLICT_OF_INTEREST,
          TOO_MANY_IN_ONE_VISIT ->
          throw new IllegalStateException(verdict + " is not asked of a cheque alone");
    };
  }
}
