package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Command;
import java.util.Optional;

/** Makes a funder known, so that agreements can name it. */
public record RegisterFunder(
    FunderId funder,
    String name,
    FunderRegistered.Kind kind,
    Optional<FunderRegistered.Group> group)
    implements Command<FunderRegistered> {
  public RegisterFunder(FunderId funder, String name, FunderRegistered.Kind kind) {
    this(funder, name, kind, Optional.empty());
  }
}
