-- What is old is found by its age, a batch at a time (forget-queries.ts), and the orders of one address newest first.

create index recipients_by_age on recipients (received_at_ms);
create index saved_methods_by_age on saved_methods (received_at_ms);
create index soft_bounces_by_age on soft_bounces (at_ms);
create index other_messages_by_age on other_messages (at_ms);
create index messages_by_age on messages (settled_at_ms) where settled_at_ms is not null;

drop index recipients_by_email;
drop index recipients_by_phone;
create index recipients_by_email on recipients (email_hash, received_at_ms);
create index recipients_by_phone on recipients (phone_hash, received_at_ms);
