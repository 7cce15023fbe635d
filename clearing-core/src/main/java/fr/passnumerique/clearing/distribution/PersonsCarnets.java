package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which carnets persons hold of programmes with a renewal rule. A person is a reference into the
 * vault and nothing else; a carnet counts from its first cheque on.
 */
final class PersonsCarnets {
  private final Map<VaultReference, List<Held>> byPerson = new HashMap<>();
  private final Map<Carnet, List<Held>> byCarnet = new HashMap<>();

  /**
   * @param number in its batch, from 1
   */
  record Carnet(Batch batch, int number) {}

  /** Cheques of one carnet that one person was given in one hand-out. */
  private record Held(
      VaultReference person, ProgrammeId programme, Carnet carnet, LocalDate on, BitSet ordinals) {}

  void handOut(VaultReference person, ChequesIssued issued, ChequeRange cheques, LocalDate on) {
    for (int ordinal = cheques.first(); ordinal <= cheques.last(); ) {
      Carnet carnet = carnet(issued, ordinal);
      int last = Math.min(cheques.last(), carnet.number() * issued.chequesPerCarnet());
      BitSet ordinals = new BitSet();
      ordinals.set(ordinal, last + 1);
      Held held = new Held(person, issued.programme(), carnet, on, ordinals);
      byPerson.computeIfAbsent(person, _ -> new ArrayList<>(1)).add(held);
      byCarnet.computeIfAbsent(carnet, _ -> new ArrayList<>(1)).add(held);
      ordinal = last + 1;
    }
  }

  /** They were not handed out after all. */
  void correct(ChequesIssued issued, ChequeRange cheques) {
    for (int ordinal = cheques.first(); ordinal <= cheques.last(); ordinal++) {
      Carnet carnet = carnet(issued, ordinal);
      for (Held held : List.copyOf(byCarnet.getOrDefault(carnet, List.of()))) {
        held.ordinals().clear(ordinal);
        if (held.ordinals().isEmpty()) {
          byCarnet.computeIfPresent(carnet, (_, all) -> without(all, held));
          byPerson.computeIfPresent(held.person(), (_, all) -> without(all, held));
        }
      }
    }
  }

  private static List<Held> without(List<Held> all, Held one) {
    all.removeIf(each -> each == one);
    return all;
  }

  static Carnet carnet(ChequesIssued issued, int ordinal) {
    return new Carnet(issued.batch(), (ordinal - 1) / issued.chequesPerCarnet() + 1);
  }

  /**
   * The carnets of a programme that count on a day, with the day of each: those handed out less
   * than so many days before it, or after it where a hand-out is recorded late.
   */
  Map<Carnet, LocalDate> counting(
      VaultReference person, ProgrammeId programme, LocalDate on, int afterDays) {
    Map<Carnet, LocalDate> counting = new HashMap<>();
    for (Held held : byPerson.getOrDefault(person, List.of())) {
      if (held.programme().equals(programme)
          && Math.abs(ChronoUnit.DAYS.between(held.on(), on)) < afterDays) {
        counting.merge(held.carnet(), held.on(), (a, b) -> a.isBefore(b) ? b : a);
      }
    }
    return counting;
  }

  /** The carnets that these cheques are of. */
  static Set<Carnet> of(ChequesIssued issued, ChequeRange cheques) {
    Set<Carnet> carnets = new HashSet<>();
    for (int ordinal = cheques.first(); ordinal <= cheques.last(); ordinal++) {
      carnets.add(carnet(issued, ordinal));
    }
    return carnets;
  }
}
