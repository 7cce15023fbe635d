package fr.passnumerique.clearing.venues;

/**
 * @param decided venues of which a fact is recorded by this
 * @param unchanged venues of which the decision was recorded already
 */
public record LabelsDecided(int decided, int unchanged) {}
