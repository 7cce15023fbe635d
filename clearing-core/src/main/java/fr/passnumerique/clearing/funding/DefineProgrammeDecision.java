package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.funding.FundingRefusal.CHEQUES_PER_CARNET_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.CHEQUES_PER_VISIT_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.FACE_VALUE_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.PRESENTATION_WINDOW_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.PROGRAMME_ALREADY_DEFINED;
import static fr.passnumerique.clearing.funding.FundingRefusal.PUBLIC_CODE_NOT_USABLE;
import static fr.passnumerique.clearing.funding.FundingRefusal.RENEWAL_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.SERVICE_NOT_READABLE;
import static fr.passnumerique.clearing.funding.FundingRefusal.TOLERANCE_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.VALIDITY_OUT_OF_RANGE;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Identifier;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the programme's own identifier and nothing else. */
final class DefineProgrammeDecision implements Decider<DefineProgramme, ProgrammeDefined> {
  /** 10 000 €: a cheque is a voucher, not a grant. */
  private static final long HIGHEST_FACE_VALUE = 1_000_000;

  private static final int MOST_CHEQUES_PER_CARNET = 1_000;
  private static final int LONGEST_VALIDITY_DAYS = 3_650;
  private static final int LONGEST_TOLERANCE_DAYS = 366;
  private static final int MOST_ENTRIES = 200;
  private static final int LONGEST_SERVICE = 200;

  private final FundingRegister register;

  DefineProgrammeDecision(FundingRegister register) {
    this.register = register;
  }

  @Override
  public Class<DefineProgramme> command() {
    return DefineProgramme.class;
  }

  @Override
  public Decision<ProgrammeDefined> decide(DefineProgramme c, Instant receivedAt) {
    ProgrammeDefined wanted =
        new ProgrammeDefined(
            c.programme(),
            c.name(),
            c.faceValueCents(),
            c.chequesPerCarnet(),
            c.validityDays(),
            c.presentationWindowDays(),
            c.toleranceDays(),
            c.eligiblePublics(),
            c.eligibleServices(),
            c.territory().stream().sorted().toList(),
            c.chequesPerVisit(),
            c.conflictOfInterest(),
            c.renewal());
    Long defined = register.programme(c.programme());
    if (defined != null) {
      return Decision.known(
          defined,
          wanted,
          PROGRAMME_ALREADY_DEFINED.because(
              "programme",
              "programme %s is defined with other rules, which never change"
                  .formatted(c.programme()),
              "choose another identifier for a new programme"));
    }
    Refusal refusal = refusal(c);
    return refusal == null
        ? Decision.accept(wanted, Boundary.of(wanted.tags()), wanted)
        : Decision.refuse(refusal);
  }

  private static @Nullable Refusal refusal(DefineProgramme c) {
    return Bounds.first(
        Bounds.name(c.name()),
        Bounds.number(
            FACE_VALUE_OUT_OF_RANGE,
            "faceValueCents",
            c.faceValueCents(),
            1,
            HIGHEST_FACE_VALUE,
            "give cents of a euro, 1000 for 10 €"),
        Bounds.number(
            CHEQUES_PER_CARNET_OUT_OF_RANGE,
            "chequesPerCarnet",
            c.chequesPerCarnet(),
            1,
            MOST_CHEQUES_PER_CARNET,
            "give the number of cheques bound together, usually 10"),
        Bounds.number(
            VALIDITY_OUT_OF_RANGE,
            "validityDays",
            c.validityDays(),
            1,
            LONGEST_VALIDITY_DAYS,
            "give the days from hand-out to the last service"),
        Bounds.number(
            PRESENTATION_WINDOW_OUT_OF_RANGE,
            "presentationWindowDays",
            c.presentationWindowDays(),
            0,
            LONGEST_VALIDITY_DAYS,
            "give the days that a venue has from the service to its slip"),
        Bounds.number(
            TOLERANCE_OUT_OF_RANGE,
            "toleranceDays",
            c.toleranceDays(),
            0,
            LONGEST_TOLERANCE_DAYS,
            "give the days after an order's end date, usually 30"),
        Bounds.number(
            CHEQUES_PER_VISIT_OUT_OF_RANGE,
            "chequesPerVisit",
            c.chequesPerVisit(),
            0,
            MOST_CHEQUES_PER_CARNET,
            "give the most cheques of one carnet in one visit, or 0 for no limit"),
        renewal(c),
        Bounds.length("eligiblePublics", c.eligiblePublics(), MOST_ENTRIES),
        Bounds.length("eligibleServices", c.eligibleServices(), MOST_ENTRIES),
        publicCodes(c.eligiblePublics()),
        services(c.eligibleServices()),
        Bounds.distinct("eligiblePublics", c.eligiblePublics()),
        Bounds.distinct("eligibleServices", c.eligibleServices()),
        Bounds.distinct("territory", c.territory()));
  }

  private static @Nullable Refusal renewal(DefineProgramme c) {
    return c.renewal().isEmpty()
        ? null
        : Bounds.first(
            Bounds.number(
                RENEWAL_OUT_OF_RANGE,
                "carnetsPerPerson",
                c.renewal().get().carnetsPerPerson(),
                1,
                MOST_CHEQUES_PER_CARNET,
                "give the most carnets that one person has, usually 1"),
            Bounds.number(
                RENEWAL_OUT_OF_RANGE,
                "afterDays",
                c.renewal().get().afterDays(),
                1,
                LONGEST_VALIDITY_DAYS,
                "give the days after which there may be another, 365 for a year"));
  }

  private static @Nullable Refusal publicCodes(List<String> codes) {
    for (String code : codes) {
      try {
        Identifier.require("eligiblePublics", code);
      } catch (IllegalArgumentException e) {
        return PUBLIC_CODE_NOT_USABLE.because(
            "eligiblePublics",
            "a public's code is 1 to 40 of letters, digits, '.', '_', '-', starting with a letter"
                + " or digit",
            "choose a short code, such as job-seeker");
      }
    }
    return null;
  }

  private static @Nullable Refusal services(List<String> services) {
    return services.stream().allMatch(service -> ReadableText.fits(service, LONGEST_SERVICE))
        ? null
        : SERVICE_NOT_READABLE.because(
            "eligibleServices",
            "a service is 1 to %d visible characters without a space at either end"
                .formatted(LONGEST_SERVICE),
            "copy the label from the mediation standard");
  }
}
