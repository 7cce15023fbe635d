package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A funder (financeur) is known.
 *
 * @param group of the kind {@code COMMUNES} only
 */
public record FunderRegistered(
    FunderId funder, String name, Kind kind, @LeftOutWhenEmpty Optional<Group> group)
    implements Fact {
  public FunderRegistered(FunderId funder, String name, Kind kind) {
    this(funder, name, kind, Optional.empty());
  }

  /**
   * Communes that take part together, and the one that signs and pays for them (chef de file).
   *
   * @param lead INSEE code of one of the members
   * @param members at least two
   */
  public record Group(String lead, List<Commune> members) {
    public Group {
      members = List.copyOf(members);
    }
  }

  /**
   * @param code INSEE code, such as 23096
   */
  public record Commune(String code, String name) {}

  /** What sort of body pays: a funder is not a département (Corse, Alsace, Lyon …). */
  public enum Kind {
    STATE,
    REGION,
    DEPARTEMENT,
    EPCI,
    COMMUNES,
    FOUNDATION,
    OTHER
  }

  @Override
  public Set<String> tags() {
    return Set.of("funder:" + funder);
  }
}
