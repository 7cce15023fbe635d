package fr.passnumerique.loadtest.model;

/**
 * Where money or titles lie. The kinds are those of the chart of accounts; a dimension that does
 * not apply is empty.
 */
public record Pot(
    String kind,
    String programme,
    String agreement,
    String funder,
    String fundingDepartement,
    String venue,
    String spendingDepartement,
    String prescriber) {}
