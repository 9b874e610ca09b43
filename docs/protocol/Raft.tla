-------------------------------- MODULE Raft --------------------------------
(* What a Raft group may do, as far as safety goes: ballots, reigns, logs, what is durable, what is
   applied. Nothing is said of messages: what a step may rely on is stated over the history of the
   group (votes that were cast, logs that leaders had, acknowledgements that could be given), so that
   a step is allowed exactly if some exchange of messages allows it. After Ongaro and Ousterhout, "In
   Search of an Understandable Consensus Algorithm", 2014; sections in brackets. A log is the sequence
   of the terms of its entries. *)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANT Nodes  \* 1 .. how many

VARIABLES
  term,       \* of each node; falls only with a restart that forgets what was not durable
  vote,       \* of each node in its term; 0 is none, or not known after a restart
  role,       \* of each node: "follower", "candidate" or "leader"
  log,        \* of each node
  durable,    \* of each node: how far its log would survive a crash
  applied,    \* of each node: how far its state machine is
  cast,       \* votes that others can count: <<voter, term, candidate>>
  reign,      \* by term: the log of its leader, as it grew
  owner,      \* by term: its leader
  acks,       \* <<node, t, i>>: in term t, node had an entry of term t at i durably
  committed   \* by index: the term of the entry, and the term in which it was committed

vars == <<term, vote, role, log, durable, applied, cast, reign, owner, acks, committed>>

Majority(some) == 2 * Cardinality(some) > Cardinality(Nodes)
Prefix(l, i) == SubSeq(l, 1, i)
LastTerm(l) == IF l = <<>> THEN 0 ELSE l[Len(l)]
AtLeast(a, b) == \/ LastTerm(a) > LastTerm(b)
                 \/ LastTerm(a) = LastTerm(b) /\ Len(a) >= Len(b)
Put(f, key, value) == (key :> value) @@ f
Least(S) == CHOOSE x \in S : \A y \in S : x <= y
Greatest(S) == CHOOSE x \in S : \A y \in S : x >= y
Minimum(a, b) == IF a <= b THEN a ELSE b

Init ==
  /\ term = [n \in Nodes |-> 0]
  /\ vote = [n \in Nodes |-> 0]
  /\ role = [n \in Nodes |-> "follower"]
  /\ log = [n \in Nodes |-> <<>>]
  /\ durable = [n \in Nodes |-> 0]
  /\ applied = [n \in Nodes |-> 0]
  /\ cast = {}
  /\ reign = <<>>
  /\ owner = <<>>
  /\ acks = {}
  /\ committed = <<>>

(* A new term, with a vote in it or without; or a vote in the term that has none (5.1, 5.2). The
   candidate's log is not behind the voter's (5.4.1). *)
Ballot(n, t, v) ==
  /\ \/ t > term[n]
     \/ t = term[n] /\ vote[n] = 0 /\ v # 0
  /\ (v \notin {0, n} /\ term[v] = t /\ role[v] \in {"candidate", "leader"})
       => AtLeast(log[v], log[n])
  /\ term' = [term EXCEPT ![n] = t]
  /\ vote' = [vote EXCEPT ![n] = v]
  /\ role' = [role EXCEPT ![n] = IF t > term[n] /\ v # n THEN "follower" ELSE @]
  /\ UNCHANGED <<log, durable, applied, cast, reign, owner, acks, committed>>

(* A vote leaves: one in a term, for ever. It may be late. *)
Vote(n, t, v) ==
  /\ t <= term[n]
  /\ t = term[n] => vote[n] \in {0, v}
  /\ \A w \in Nodes : <<n, t, w>> \in cast => w = v
  /\ cast' = cast \cup {<<n, t, v>>}
  /\ UNCHANGED <<term, vote, role, log, durable, applied, reign, owner, acks, committed>>

(* A member gives up a part, or asks for votes. *)
Part(n, r) ==
  /\ r # "leader"
  /\ role' = [role EXCEPT ![n] = r]
  /\ UNCHANGED <<term, vote, log, durable, applied, cast, reign, owner, acks, committed>>

Lead(n, t) ==
  /\ term[n] = t
  /\ vote[n] = n
  /\ t \notin DOMAIN reign
  /\ Majority({n} \cup {m \in Nodes : <<m, t, n>> \in cast})
  /\ \A w \in Nodes : <<n, t, w>> \in cast => w = n
  /\ role' = [role EXCEPT ![n] = "leader"]
  /\ reign' = Put(reign, t, log[n])
  /\ owner' = Put(owner, t, n)
  /\ cast' = cast \cup {<<n, t, n>>}
  /\ UNCHANGED <<term, vote, log, durable, applied, acks, committed>>

(* A leader adds to its log and never takes away (5.3). What it took before it was deposed may reach
   its log a little later. *)
Propose(n, i, t) ==
  /\ t \in DOMAIN reign
  /\ owner[t] = n
  /\ log[n] = reign[t]
  /\ i = Len(log[n]) + 1
  /\ log' = [log EXCEPT ![n] = Append(@, t)]
  /\ reign' = Put(reign, t, Append(reign[t], t))
  /\ UNCHANGED <<term, vote, role, durable, applied, cast, owner, acks, committed>>

(* A follower takes an entry of its leader where the logs agree before it, and cuts what conflicts
   (5.3); what it applied is never cut. *)
Replicate(n, i, e) ==
  LET t == term[n] IN
  /\ t \in DOMAIN reign
  /\ owner[t] # n
  /\ i <= Len(reign[t])
  /\ reign[t][i] = e
  /\ i <= Len(log[n]) + 1
  /\ i > applied[n]
  /\ Prefix(log[n], i - 1) = Prefix(reign[t], i - 1)
  /\ log' = [log EXCEPT ![n] = Append(Prefix(@, i - 1), e)]
  /\ durable' = [durable EXCEPT ![n] = Minimum(@, i - 1)]
  /\ UNCHANGED <<term, vote, role, applied, cast, reign, owner, acks, committed>>

Add(n, i, e) == Propose(n, i, e) \/ Replicate(n, i, e)

(* A disk tells how far it is. From then on the node can be counted for entries of the term it is in,
   and for none of an older one (5.4.2, figure 8). *)
Persist(n, i) ==
  LET own == {j \in 1 .. i : log[n][j] = term[n]} IN
  /\ i > durable[n]
  /\ i <= Len(log[n])
  /\ durable' = [durable EXCEPT ![n] = i]
  /\ acks' = IF own = {} THEN acks ELSE acks \cup {<<n, term[n], Greatest(own)>>}
  /\ UNCHANGED <<term, vote, role, log, applied, cast, reign, owner, committed>>

(* The terms in which the first i entries of a log were committed by their leader. *)
CommittedIn(l, i) ==
  {t \in DOMAIN reign :
    /\ i <= Len(reign[t])
    /\ Prefix(reign[t], i) = Prefix(l, i)
    /\ \E a \in acks :
         /\ a[2] = t
         /\ a[3] >= i
         /\ Majority({m \in Nodes : \E b \in acks : b[1] = m /\ b[2] = t /\ b[3] >= a[3]})}

(* What is applied first anywhere is what commits, in the eyes of others. *)
Apply(n, i, e) ==
  /\ i = applied[n] + 1
  /\ i <= durable[n]
  /\ log[n][i] = e
  /\ applied' = [applied EXCEPT ![n] = i]
  /\ \/ /\ i <= Len(committed)
        /\ committed[i].term = e
        /\ UNCHANGED committed
     \/ /\ i = Len(committed) + 1
        /\ CommittedIn(log[n], i) # {}
        /\ committed' = Append(committed, [term |-> e, in |-> Least(CommittedIn(log[n], i))])
  /\ UNCHANGED <<term, vote, role, log, durable, cast, reign, owner, acks>>

(* A snapshot stands for a log up to an index, durably: for what is committed, and nothing else. What
   follows stays if the log has that very entry (7). *)
Install(n, i) ==
  LET kept == i <= Len(log[n]) /\ log[n][i] = committed[i].term IN
  /\ i \in 1 .. Len(committed)
  /\ log' = [log EXCEPT ![n] = [j \in 1 .. i |-> committed[j].term]
                                \o (IF kept THEN SubSeq(@, i + 1, Len(@)) ELSE <<>>)]
  /\ durable' = [durable EXCEPT ![n] = IF kept /\ @ > i THEN @ ELSE i]
  /\ applied' = [applied EXCEPT ![n] = IF @ > i THEN @ ELSE i]
  /\ UNCHANGED <<term, vote, role, cast, reign, owner, acks, committed>>

(* A node comes back with a term and a log of its disk: what was durable is in it, and what is beyond
   was some leader's. A vote that somebody may count is not forgotten. The state machine may have
   fallen back to what it had made durable itself. *)
Restart(n, t, l, a) ==
  LET voted == {v \in Nodes : <<n, t, v>> \in cast} IN
  /\ \A c \in cast : c[1] = n => c[2] <= t
  /\ Len(l) >= durable[n]
  /\ Prefix(l, durable[n]) = Prefix(log[n], durable[n])
  /\ \A i \in durable[n] + 1 .. Len(l) :
       \E r \in DOMAIN reign : i <= Len(reign[r]) /\ reign[r][i] = l[i]
  /\ a <= Len(committed) /\ a <= Len(l)
  /\ term' = [term EXCEPT ![n] = t]
  /\ vote' = [vote EXCEPT ![n] = IF voted = {} THEN 0 ELSE CHOOSE v \in voted : TRUE]
  /\ role' = [role EXCEPT ![n] = "follower"]
  /\ log' = [log EXCEPT ![n] = l]
  /\ applied' = [applied EXCEPT ![n] = a]
  /\ UNCHANGED <<durable, cast, reign, owner, acks, committed>>

(* ------------------------------- what must hold ------------------------------- *)

OneVotePerTerm == \A a, b \in cast : a[1] = b[1] /\ a[2] = b[2] => a[3] = b[3]

LogMatching ==
  \A m, n \in Nodes : m < n =>
    LET both == {i \in 1 .. Minimum(Len(log[m]), Len(log[n])) : log[m][i] = log[n][i]} IN
    both # {} => Prefix(log[m], Greatest(both)) = Prefix(log[n], Greatest(both))

(* Keyed on the term in which an entry was committed, not on its own. *)
LeaderCompleteness ==
  \A t \in DOMAIN reign : \A i \in DOMAIN committed :
    committed[i].in < t => i <= Len(reign[t]) /\ reign[t][i] = committed[i].term

StateMachineSafety ==
  \A n \in Nodes : \A i \in 1 .. applied[n] : log[n][i] = committed[i].term

(* ------------------------- a small world, to be explored ------------------------ *)

CONSTANTS TermMax, LengthMax

Step ==
  \E n \in Nodes :
    \/ \E t \in 1 .. TermMax, v \in Nodes \cup {0} : Ballot(n, t, v)
    \/ \E t \in 1 .. TermMax, v \in Nodes \ {n} : vote[n] = v /\ Vote(n, t, v)
    \/ \E r \in {"follower", "candidate"} : role[n] # r /\ Part(n, r)
    \/ \E t \in 1 .. TermMax : Lead(n, t)
    \/ \E i \in 1 .. LengthMax, e \in 1 .. TermMax : Add(n, i, e)
    \/ \E i \in 1 .. LengthMax : Persist(n, i)
    \/ \E i \in 1 .. LengthMax, e \in 1 .. TermMax : Apply(n, i, e)
    \/ \E i \in 1 .. Len(committed) : i > applied[n] /\ Install(n, i)
    \/ \E i \in durable[n] .. Len(log[n]) :
         Restart(n, term[n], Prefix(log[n], i), Minimum(applied[n], i))

Spec == Init /\ [][Step]_vars
=============================================================================
