/** Items on their way from task to task: queues, select over several, and broadcast. */
@NullMarked
package dev.tandem.flow;

import org.jspecify.annotations.NullMarked;
