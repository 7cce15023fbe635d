package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.vault.Vault;

/** Readings of a vault of which nobody keeps a trail. */
public final class Unnoted {
  private Unnoted() {}

  public static PersonalData readings(Vault vault) {
    return new PersonalData(vault, (entries, _) -> entries);
  }
}
