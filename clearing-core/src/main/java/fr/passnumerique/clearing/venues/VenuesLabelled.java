package fr.passnumerique.clearing.venues;

/**
 * @param labelled venues that are labelled by this
 * @param unchanged venues that were labelled already
 */
public record VenuesLabelled(int labelled, int unchanged) {}
