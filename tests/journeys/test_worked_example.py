from tests.journeys import steps
from tests.journeys.shop import found_town

def test_x(work, account, new_page, run_jobs, verified):
    town = found_town(work, account)
    run_jobs()
    page = new_page()
    url = steps.buy_look(page)
    run_jobs()
    page.reload()
    print(page.locator("main").inner_text())
    print(verified())
