package fr.passnumerique.clearing.notices;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.venues.VenueId;

/**
 * Whose notices they are: all who log in for a venue, funder or prescriber read the same, and so do
 * all clerks, and all auditors.
 *
 * @param subject empty for clerks and auditors
 */
record Reader(Role role, String subject) {
  static final Reader CLERK = new Reader(Role.CLERK, "");
  static final Reader AUDITOR = new Reader(Role.AUDITOR, "");

  static Reader of(Actor actor) {
    return new Reader(actor.role(), actor.subject());
  }

  static Reader of(VenueId venue) {
    return new Reader(Role.VENUE, venue.value());
  }

  static Reader of(FunderId funder) {
    return funder(funder.value());
  }

  static Reader funder(String funder) {
    return new Reader(Role.FUNDER, funder);
  }

  static Reader of(PrescriberId prescriber) {
    return prescriber(prescriber.value());
  }

  static Reader prescriber(String prescriber) {
    return new Reader(Role.PRESCRIBER, prescriber);
  }
}
