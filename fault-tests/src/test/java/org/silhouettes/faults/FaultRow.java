package org.silhouettes.faults;

/**
 * One line of the fault table.
 *
 * @param row the fault
 * @param runs how often it struck
 * @param recoverySeconds median time from a fault until all tasks run again with their state, 0 where none had to
 *     restart
 * @param lost records of the fault-free run that are missing
 * @param duplicated records that came twice or should not be there
 * @param hashEqual whether every version of every dictionary is the same to the last bit
 * @param held whether the promise held: nothing lost (but what the documentation gives up), nothing twice, nothing
 *     changed, and what the row requires in addition
 * @param note what was done and seen, one line
 */
record FaultRow(
        String row,
        int runs,
        double recoverySeconds,
        long lost,
        long duplicated,
        boolean hashEqual,
        boolean held,
        String note) {}
