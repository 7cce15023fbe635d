package fr.passnumerique.ui.prescriber;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.distribution.HeldCarnetsEndpoint;
import fr.passnumerique.clearing.funding.PartiesEndpoint;

/** Looks up what a hand-out of the reader's stock is asked for. */
final class HandOutForms {
  static final int ALL = 5_000;

  private final HeldCarnetsEndpoint held;
  private final PartiesEndpoint parties;

  HandOutForms(HeldCarnetsEndpoint held, PartiesEndpoint parties) {
    this.held = held;
    this.parties = parties;
  }

  HandOutForm of(Actor reader) {
    return HandOutForm.of(
        held.readHeldCarnets(reader, OwnPrescriber.of(reader), null, ALL),
        parties.readProgrammes().programmes());
  }
}
