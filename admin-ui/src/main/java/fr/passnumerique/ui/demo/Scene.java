package fr.passnumerique.ui.demo;

/**
 * Something that happens in the story.
 *
 * @param day from the first, which is 0
 * @param hour of that day, Europe/Paris
 * @param what told to whoever watches, in French
 */
record Scene(int day, int hour, String what, Runnable played) {}
