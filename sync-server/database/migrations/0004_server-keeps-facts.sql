-- The server's own work notes what it did to this database, such as that it made the demo tenant.
GRANT SELECT, INSERT, UPDATE ON server_facts TO ringside_system;
