package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.venues.VenueId;

/** Who is paid to an account. */
public sealed interface Payee {
  /** By settlement runs. */
  record Venue(VenueId venue) implements Payee {
    @Override
    public String tag() {
      return VenueAccountProposed.tag(venue);
    }

    @Override
    public String field() {
      return "venueId";
    }

    @Override
    public String subject() {
      return venue.value();
    }

    @Override
    public String toString() {
      return "venue " + venue;
    }
  }

  /** By refunds. */
  record Funder(FunderId funder) implements Payee {
    @Override
    public String tag() {
      return FunderAccountProposed.tag(funder);
    }

    @Override
    public String field() {
      return "funderId";
    }

    @Override
    public String subject() {
      return "funder:" + funder;
    }

    @Override
    public String toString() {
      return "funder " + funder;
    }
  }

  static Payee of(VenueId venue) {
    return new Venue(venue);
  }

  static Payee of(FunderId funder) {
    return new Funder(funder);
  }

  /** On every fact about its accounts. */
  String tag();

  /** The name of its identifier in a refusal. */
  String field();

  /** Whose entries its accounts are in the vault. */
  String subject();
}
