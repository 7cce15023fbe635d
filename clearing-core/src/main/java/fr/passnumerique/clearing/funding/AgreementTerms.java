package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.List;

/**
 * One version of what an agreement says: as signed, or as an amendment has it from a day on.
 * Cheques keep the version that they were issued under.
 */
public sealed interface AgreementTerms extends Fact permits AgreementSigned, AgreementAmended {
  AgreementId agreement();

  int keyVersion();

  LocalDate signedOn();

  /** The first day on which orders are issued under it, unless a later version is in force too. */
  LocalDate inForceFrom();

  LocalDate startsOn();

  LocalDate endsOn();

  List<Departement> territory();

  List<Share> shares();

  default KeyVersion key() {
    return new KeyVersion(agreement(), keyVersion());
  }

  /** One version of an agreement's split key: its cents are numbered from 0. */
  record KeyVersion(AgreementId agreement, int version) {}
}
