package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of venues: their last listing, label and account. */
final class VenueRegister implements Register {
  private final Map<VenueId, Listed> listed = new HashMap<>();
  private final Map<VenueId, VenueLabelled> labels = new HashMap<>();
  private final AccountsInForce accounts = new AccountsInForce();
  private final Map<String, Set<VenueId>> bySource = new HashMap<>();

  /**
   * @param position of the fact
   */
  record Listed(VenueListed fact, long position) {}

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    switch (fact) {
      case VenueListed listing -> {
        listed.put(listing.venue(), new Listed(listing, position));
        bySource.computeIfAbsent(listing.source(), _ -> new LinkedHashSet<>()).add(listing.venue());
      }
      case VenueLabelled label -> labels.put(label.venue(), label);
      case VenueAccountOpened account -> accounts.open(account);
      case TransferRejected rejected -> accounts.close(rejected.closedAccount());
      case TransferReturned returned -> accounts.close(returned.closedAccount());
      default -> {}
    }
  }

  @Nullable Listed listed(VenueId venue) {
    return listed.get(venue);
  }

  Optional<VenueLabelled> label(VenueId venue) {
    return Optional.ofNullable(labels.get(venue));
  }

  /** The account that is paid to; empty if there is none or the bank closed it. */
  Optional<VenueAccountOpened> openAccount(VenueId venue) {
    return accounts.of(venue);
  }

  /** Every venue that a list of this label ever described, in order of appearance. */
  Set<VenueId> ofSource(String source) {
    return bySource.getOrDefault(source, Set.of());
  }
}
