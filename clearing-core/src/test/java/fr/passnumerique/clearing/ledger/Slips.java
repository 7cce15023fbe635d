package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The smallest capability with the ledger's hardest condition: slips whose cheques may be taken
 * once. The rules of the domain have tests of their own; here the facts are real and the judgement
 * is one set of serials.
 */
final class Slips implements Register, Decider<Slips.Take, String> {
  static final VenueId VENUE = new VenueId("40109226700020");

  private static final LocalDate SERVED_ON = LocalDate.of(2026, 3, 2);

  /** Takes these cheques; the answer is a letter for each: A accepted, R already redeemed. */
  record Take(SlipReference reference, List<Long> cheques) implements Command<String> {}

  static final FactCatalogue CATALOGUE =
      new FactCatalogue(
          List.of(FactType.v1(SlipJudged.class), FactType.v1(DayOpened.class)), List.of());

  private final Set<Long> taken = new HashSet<>();
  private final Map<SlipReference, Long> positions = new HashMap<>();

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    if (fact instanceof SlipJudged slip) {
      Arrays.stream(slip.chequesTouched())
          .forEach(
              cheque -> {
                if (!taken.add(cheque)) {
                  throw new IllegalStateException("cheque " + cheque + " is taken twice");
                }
              });
      positions.put(slip.reference(), position);
    }
  }

  boolean knows(SlipReference slip) {
    return positions.containsKey(slip);
  }

  @Override
  public Class<Take> command() {
    return Take.class;
  }

  @Override
  public Decision<String> decide(Take command, Instant receivedAt) {
    Long known = positions.get(command.reference());
    if (known != null) {
      return new Decision.Known<>(
          known, fact -> new Decision.Reply.Same<>(verdicts((SlipJudged) fact)));
    }
    List<SlipJudged.Line> lines =
        command.cheques().stream()
            .map(
                cheque ->
                    new SlipJudged.Line(
                        Optional.of(Serial.ofKey(cheque)),
                        0,
                        taken.contains(cheque)
                            ? Optional.of(Verdict.ALREADY_REDEEMED)
                            : Optional.empty(),
                        Optional.empty()))
            .toList();
    SlipJudged slip =
        new SlipJudged(
            VENUE,
            command.reference(),
            "digest",
            receivedAt,
            List.of(
                new SlipJudged.Visit(
                    new PointOfServiceId("bus-1"), new Departement("16"), SERVED_ON, "Aide")),
            lines,
            List.of());
    return new Decision.Accept<>(
        List.of(slip),
        new Boundary(slip.tags(), command.cheques().stream().mapToLong(Long::longValue).toArray()),
        verdicts(slip));
  }

  static String verdicts(SlipJudged slip) {
    return slip.lines().stream()
        .map(line -> line.rejected().isEmpty() ? "A" : "R")
        .collect(Collectors.joining());
  }
}
