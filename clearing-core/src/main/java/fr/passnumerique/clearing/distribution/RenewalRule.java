package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.distribution.DistributionRefusal.BENEFICIARY_MISSING;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.BENEFICIARY_UNEXPECTED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.RENEWAL_TOO_EARLY;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.SEVERAL_PROGRAMMES;

import fr.passnumerique.clearing.distribution.PersonsCarnets.Carnet;
import fr.passnumerique.clearing.funding.ProgrammeDefined.Renewal;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How many carnets a person may have, and from when on there may be another. */
final class RenewalRule {
  private final DistributionRegister register;
  private final Choosing choosing;

  RenewalRule(DistributionRegister register, Choosing choosing) {
    this.register = register;
    this.choosing = choosing;
  }

  /** What a programme's rule, as it was when the cheques were issued, says of some carnets. */
  private record Asked(Renewal rule, Set<Carnet> carnets) {}

  @Nullable Refusal refusal(HandOutCheques c, List<ChequeRange> cheques) {
    Map<ProgrammeId, Asked> asked = new LinkedHashMap<>();
    Set<ProgrammeId> programmes = new LinkedHashSet<>();
    for (ChequeRange range : cheques) {
      ChequesIssued issued = choosing.stock(range.batch()).issued();
      programmes.add(issued.programme());
      issued
          .renewal()
          .ifPresent(
              rule ->
                  asked
                      .computeIfAbsent(issued.programme(), _ -> new Asked(rule, new HashSet<>()))
                      .carnets()
                      .addAll(PersonsCarnets.of(issued, range)));
    }
    if (asked.isEmpty()) {
      return c.beneficiary().isEmpty()
          ? null
          : BENEFICIARY_UNEXPECTED.because(
              "beneficiary",
              "the programme does not limit how many carnets a person has, and nothing is kept of"
                  + " persons that it does not need",
              "leave beneficiary out");
    }
    if (programmes.size() > 1) {
      return severalProgrammes(asked.keySet().iterator().next(), programmes);
    }
    if (c.beneficiary().isEmpty()) {
      Map.Entry<ProgrammeId, Asked> first = asked.entrySet().iterator().next();
      return BENEFICIARY_MISSING.because(
          "beneficiary",
          "programme %s lets a person have %d carnets in %d days, and nothing says whose these are"
              .formatted(
                  first.getKey(),
                  first.getValue().rule().carnetsPerPerson(),
                  first.getValue().rule().afterDays()),
          "give what tells the person again, a file number say; it is kept in the vault alone");
    }
    Map.Entry<ProgrammeId, Asked> only = asked.entrySet().iterator().next();
    return tooMany(only.getKey(), only.getValue(), c.beneficiary().get(), c.handedOutOn());
  }

  /**
   * A person is another reference in each programme, and a hand-out has one: under that of the one
   * programme, the other's rule and the other's erasure would not see it.
   */
  private static Refusal severalProgrammes(ProgrammeId counting, Set<ProgrammeId> programmes) {
    return SEVERAL_PROGRAMMES.because(
        "cheques",
        "programme %s counts a person's carnets by a hand-out of its own, and these cheques are of %s"
            .formatted(
                counting,
                programmes.stream().map(ProgrammeId::value).collect(Collectors.joining(", "))),
        "record a hand-out for each programme");
  }

  private @Nullable Refusal tooMany(
      ProgrammeId programme, Asked asked, VaultReference person, LocalDate on) {
    int most = asked.rule().carnetsPerPerson();
    int days = asked.rule().afterDays();
    Map<Carnet, LocalDate> counting = register.persons().counting(person, programme, on, days);
    Set<Carnet> then = new HashSet<>(counting.keySet());
    then.addAll(asked.carnets());
    if (then.size() <= most) {
      return null;
    }
    List<LocalDate> held =
        counting.entrySet().stream()
            .filter(carnet -> !asked.carnets().contains(carnet.getKey()))
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    int over = then.size() - most;
    return RENEWAL_TOO_EARLY.because(
        "beneficiary",
        "programme %s lets a person have %d carnets in %d days, and this would be number %d"
            .formatted(programme, most, days, then.size()),
        over > held.size()
            ? "hand out fewer carnets"
            : "hand out another from %s on".formatted(held.get(over - 1).plusDays(days)));
  }
}
