"""The sample ward of `ydan demo`: its people, villages, consultations and answers. Everything in it says that it is a sample."""
