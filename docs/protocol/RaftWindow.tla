----------------------------- MODULE RaftWindow -----------------------------
(* Whether a window of what a simulated group did is a behaviour of Raft. The window is written as a
   module of its own that says Start and Window. Each event of the window allows at most one step; if it
   allows none, TLC finds a deadlock and shows the state before it. *)
EXTENDS Raft

CONSTANTS Start, Window

VARIABLE at  \* how many events have been followed

Follow(e) ==
  CASE e.kind = "ballot"  -> Ballot(e.node, e.term, e.candidate)
    [] e.kind = "vote"    -> Vote(e.node, e.term, e.candidate)
    [] e.kind = "part"    -> Part(e.node, e.role)
    [] e.kind = "lead"    -> Lead(e.node, e.term)
    [] e.kind = "add"     -> Add(e.node, e.index, e.term)
    [] e.kind = "persist" -> Persist(e.node, e.index)
    [] e.kind = "apply"   -> Apply(e.node, e.index, e.term)
    [] e.kind = "install" -> Install(e.node, e.index)
    [] e.kind = "restart" -> Restart(e.node, e.term, e.log, e.applied)

Begin ==
  /\ at = 0
  /\ term = Start.term /\ vote = Start.vote /\ role = Start.role /\ log = Start.log
  /\ durable = Start.durable /\ applied = Start.applied /\ cast = Start.cast
  /\ reign = Start.reign /\ owner = Start.owner /\ acks = Start.acks
  /\ committed = Start.committed

Next ==
  \/ at < Len(Window) /\ Follow(Window[at + 1]) /\ at' = at + 1
  \/ at = Len(Window) /\ UNCHANGED <<vars, at>>
=============================================================================
