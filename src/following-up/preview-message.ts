// Any message for any order as it would read now. Comes in: the order's id, the flow, a locale where another than the
// customer's is wanted. Goes out: what would be sent, or why nothing would. Nothing is stored, nobody is asked whether
// they may be written to, and the name is an example's.
