package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.redemption.RedemptionRegister.ListedVenue;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a cheque before anything is done for it: would a line for it be accepted, as things stand?
 * Spends nothing, records nothing, promises nothing: what counts is the slip. Safe for any number
 * of threads.
 *
 * <p>It asks the same rules as a slip does, in the same order, so the two cannot differ.
 */
public final class ChequeCounter {
  /** What only the venue, its point of service or the service can tell. */
  private static final Set<Verdict> OF_THE_VENUE =
      Set.of(Verdict.VENUE_NOT_LABELLED_AT_SERVICE_DATE, Verdict.CONFLICT_OF_INTEREST);

  private static final Set<Verdict> OF_THE_PLACE =
      Set.of(Verdict.OUT_OF_TERRITORY, Verdict.TOO_MANY_IN_ONE_VISIT);

  private final RedemptionRegister register;
  private final ReadLock registers;
  private final CheckKeys keys;
  private final Clock clock;

  ChequeCounter(RedemptionRegister register, ReadLock registers, CheckKeys keys, Clock clock) {
    this.register = register;
    this.registers = registers;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Where and for what the cheque would be used, as far as it is known.
   *
   * @param service as {@link SlipLine#label} makes it
   */
  public record Use(
      @Nullable VenueId venue,
      @Nullable PointOfServiceId pointOfService,
      @Nullable String service) {
    public static final Use ANYWHERE = new Use(null, null, null);
  }

  /**
   * @param line as a slip of today would record it
   * @param unasked rules that could not be tried, because that part of the use is not known
   * @param departement of the point of service, if it is named
   * @param lastServiceDay empty until it is handed out
   * @param territory where it can be spent; empty means everywhere
   * @param services that it pays; empty means all
   */
  public record Checked(
      SlipJudged.Line line,
      Set<Verdict> unasked,
      LocalDate today,
      Optional<Departement> departement,
      long faceValueCents,
      Optional<LocalDate> lastServiceDay,
      List<Departement> territory,
      List<String> services) {}

  public Checked check(ChequeCode code, Use use) {
    LocalDate today = Paris.dayOf(clock.instant());
    String keyName =
        registers.read(
            () -> {
              IssuedBatch batch = register.batch(code.serial().batch());
              return batch == null ? null : batch.checkKeyName();
            });
    // Compared outside the lock, which every fold waits for; and for an unknown batch too, so
    // that the time it takes does not tell one.
    boolean matches = keys.matches(code, keyName == null ? keys.currentKeyName() : keyName);
    return registers.read(() -> judge(code, keyName != null && matches, use, today));
  }

  private Checked judge(ChequeCode code, boolean genuine, Use use, LocalDate today) {
    IssuedBatch batch = register.batch(code.serial().batch());
    int ordinal = code.serial().ordinal();
    ListedVenue venue = use.venue() == null ? null : register.venue(use.venue());
    PointOfServiceId point = use.pointOfService();
    Departement departement = venue == null || point == null ? null : venue.departementOf(point);

    Set<Verdict> unasked = EnumSet.noneOf(Verdict.class);
    if (venue == null) {
      unasked.addAll(OF_THE_VENUE);
    }
    if (departement == null) {
      unasked.addAll(OF_THE_PLACE);
    }
    if (use.service() == null) {
      unasked.add(Verdict.SERVICE_NOT_ELIGIBLE);
    }
    LineUnderJudgement line =
        new LineUnderJudgement(
            code.serial().key(),
            ordinal,
            batch,
            genuine,
            (int) today.toEpochDay(),
            use.service() == null ? "" : use.service(),
            departement,
            use.venue() == null || point == null ? 0 : register.place(use.venue(), point),
            venue == null ? Labelling.UNASKED : Labelling.of(venue.label(), point, today),
            use.venue() == null || batch == null || !batch.holds(ordinal)
                ? null
                : register.ownPrescriber(use.venue(), batch, ordinal));
    Judgement judgement = new Judgement((int) today.toEpochDay(), 1, unasked);
    Verdict verdict = judgement.judge(line);
    boolean exists = line.exists();
    boolean handedOut = exists && line.issued().dayHandedOut(ordinal) != IssuedBatch.NEVER;
    return new Checked(
        new SlipJudged.Line(
            exists ? Optional.of(code.serial()) : Optional.empty(),
            0,
            verdict == Verdict.ACCEPTED ? Optional.empty() : Optional.of(verdict),
            judgement.explains(verdict, line)),
        unasked,
        today,
        Optional.ofNullable(departement),
        exists ? line.issued().faceValueCents() : 0,
        handedOut
            ? Optional.of(LocalDate.ofEpochDay(line.issued().lastServiceDay(ordinal)))
            : Optional.empty(),
        exists ? line.issued().territory() : List.of(),
        exists ? line.issued().services() : List.of());
  }

  /**
   * The code that was typed or scanned.
   *
   * @throws Problem 400 {@code CODE_NOT_READABLE}
   */
  static ChequeCode code(String text) {
    return ChequeCode.parse(text)
        .orElseThrow(
            () -> {
              // What was sent is not repeated: it may be most of a secret.
              String rule = "this is no cheque code";
              String remedy = "give the 15 letters and digits of the cheque";
              return Problem.badRequest(
                  "CODE_NOT_READABLE",
                  rule + "; " + remedy,
                  List.of(Fault.of("cheque", "", rule, remedy)));
            });
  }

  /** Whether the venue is listed, and the point of service, if one is named, is one of its. */
  boolean knows(VenueId venue, @Nullable PointOfServiceId pointOfService) {
    return registers
        .find(
            "venue " + venue,
            () ->
                Optional.ofNullable(register.venue(venue))
                    .filter(
                        listed ->
                            pointOfService == null || listed.departementOf(pointOfService) != null))
        .isPresent();
  }
}
