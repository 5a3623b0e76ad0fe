/** What a program says first: the verbs, groups, tasks, outcomes, deadlines and their errors. */
@NullMarked
package dev.tandem;

import org.jspecify.annotations.NullMarked;
