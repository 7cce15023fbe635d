package fr.passnumerique.loadtest.peak;

import java.time.LocalDate;
import java.util.Map;

/**
 * Under what figures were taken.
 *
 * @param machine before the first of them
 * @param busy others used it then
 * @param settings of the server
 */
record Surroundings(
    LocalDate on, Map<String, String> machine, boolean busy, Map<String, String> settings) {}
