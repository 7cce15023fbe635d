package fr.passnumerique.ui.deed;

/** What the address of an act leads to: the deed, or where it ended, if nothing is left to do. */
public sealed interface Step permits Deed, Deed.Done {}
